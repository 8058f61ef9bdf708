//! The styles of official documents, by name, so that whoever edits the file can use them.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, Paragraph, RunFonts, SpecialIndentType, Style,
    StyleType,
};

/// A style of paragraphs: its name, its font, its size in half points, its lines in twips.
struct Look {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    half_points: usize,
    line: i32,
}

const LOOKS: [Look; 8] = [
    Look { id: TITLE, name: "文书标题", font: "方正小标宋简体", half_points: 44, line: 700 },
    Look { id: FIRST, name: "一级标题", font: "黑体", half_points: 32, line: 579 },
    Look { id: SECOND, name: "二级标题", font: "楷体_GB2312", half_points: 32, line: 579 },
    Look { id: BODY, name: "文书正文", font: "仿宋_GB2312", half_points: 32, line: 579 },
    Look { id: CELL, name: "表格文字", font: "仿宋_GB2312", half_points: 24, line: 400 },
    Look { id: SIGNATURE, name: "签名", font: "仿宋_GB2312", half_points: 28, line: 400 },
    Look { id: NOTE, name: "签名说明", font: "仿宋_GB2312", half_points: 17, line: 240 },
    Look { id: FOOTER, name: "文书页码", font: "宋体", half_points: 28, line: 400 },
];

pub(super) const TITLE: &str = "FormTitle";
pub(super) const FIRST: &str = "FormHeadingFirst";
pub(super) const SECOND: &str = "FormHeadingSecond";
pub(super) const BODY: &str = "FormBody";
pub(super) const CELL: &str = "FormCell";
pub(super) const SIGNATURE: &str = "FormSignature";
pub(super) const NOTE: &str = "FormSignatureNote";
pub(super) const FOOTER: &str = "FormFooter";

/// Two characters of body text.
pub(super) const INDENT: i32 = 640;

/// With every style. What has none, the end of a section, is a point high.
pub(super) fn all(docx: Docx) -> Docx {
    let thin = LineSpacing::new().line_rule(LineSpacingType::Exact).line(20);
    let docx = docx.default_size(2).default_fonts(fonts("仿宋_GB2312")).default_line_spacing(thin);
    LOOKS.iter().fold(docx, |docx, look| docx.add_style(style(look)))
}

pub(super) fn title() -> Paragraph {
    Paragraph::new().style(TITLE).align(AlignmentType::Center).keep_next(true).outline_lvl(0)
}

pub(super) fn heading(id: &str) -> Paragraph {
    Paragraph::new().style(id).keep_next(true).indent(
        None,
        Some(SpecialIndentType::FirstLine(INDENT)),
        None,
        None,
    )
}

pub(super) fn body() -> Paragraph {
    Paragraph::new().style(BODY)
}

pub(super) fn cell() -> Paragraph {
    Paragraph::new().style(CELL)
}

pub(super) fn signature() -> Paragraph {
    Paragraph::new().style(SIGNATURE).keep_next(true)
}

pub(super) fn note() -> Paragraph {
    Paragraph::new().style(NOTE).keep_next(true)
}

/// Between a table and what follows: two tables without it would be one.
pub(super) fn gap() -> Paragraph {
    Paragraph::new().style(NOTE)
}

pub(super) fn footer() -> Paragraph {
    Paragraph::new().style(FOOTER)
}

fn style(look: &Look) -> Style {
    // Exact lines keep 22 of them on a page; in a table a line grows with what stands in it.
    let rule =
        if matches!(look.id, CELL | SIGNATURE) { LineSpacingType::AtLeast } else { LineSpacingType::Exact };
    let mut style = Style::new(look.id, StyleType::Paragraph)
        .name(look.name)
        .based_on("Normal")
        .fonts(fonts(look.font))
        .size(look.half_points);
    style.paragraph_property =
        style.paragraph_property.line_spacing(LineSpacing::new().line_rule(rule).line(look.line));
    style
}

fn fonts(east_asia: &str) -> RunFonts {
    let western = "Times New Roman";
    RunFonts::new().ascii(western).hi_ansi(western).cs(western).east_asia(east_asia)
}
