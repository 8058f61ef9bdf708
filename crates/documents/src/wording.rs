//! How dates, counts, names and signatures are written on Chinese official paper.

use jiff::civil::{Date, DateTime};

use crate::{
    dossier::{How, Signature, Signer},
    page::{Document, Place, Run, SignatureLine, words},
};

/// 2026年3月12日
pub(crate) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The day, or nothing.
pub(crate) fn day_or_nothing(date: Option<Date>) -> String {
    date.map(day).unwrap_or_default()
}

/// 2026年3月12日14时05分
pub(crate) fn moment(at: DateTime) -> String {
    format!("{}{}时{:02}分", day(at.date()), at.hour(), at.minute())
}

/// The day, or a line to fill by hand.
pub(crate) fn day_runs(date: Option<Date>) -> Vec<Run> {
    match date {
        Some(date) => vec![words(day(date))],
        None => vec![
            Run::Blank { wide: 3 },
            words("年"),
            Run::Blank { wide: 2 },
            words("月"),
            Run::Blank { wide: 2 },
            words("日"),
        ],
    }
}

/// 甲、乙、丙
pub(crate) fn list(names: &[impl AsRef<str>]) -> String {
    let named = names.iter().map(AsRef::as_ref).filter(|name| !name.trim().is_empty());
    named.collect::<Vec<_>>().join("、")
}

/// 一, 二 … 九十九; larger numbers as digits.
pub(crate) fn count(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |at: usize| DIGITS.get(at).copied().unwrap_or_default();
    match number {
        0 => "零".to_owned(),
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number % 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}

/// A line for one signer: who signed, how and when, or room for ink.
pub(crate) fn signature(label: &str, signatures: &[Signature], signer: Signer, name: &str) -> SignatureLine {
    let found = signatures.iter().find(|one| one.signer == signer && (name.is_empty() || one.name == name));
    let Some(found) = found else {
        return SignatureLine { label: label.into(), name: "".into(), note: "".into() };
    };
    let how = match found.how {
        How::OnPaper => "纸质签名附后",
        How::ByCode => "验证码签署",
    };
    let note = format!("{how}\n{}", moment(found.at));
    SignatureLine { label: label.into(), name: (&found.name).into(), note: note.into() }
}

/// A line for each of several people in the same capacity; one when nobody is named.
pub(crate) fn signatures_of(
    label: &str,
    signatures: &[Signature],
    signer: Signer,
    names: &[String],
) -> Vec<SignatureLine> {
    if names.is_empty() {
        return vec![signature(label, signatures, signer, "")];
    }
    names.iter().map(|name| signature(label, signatures, signer, name)).collect()
}

/// The committee's name, its seal and the day, at the right edge.
pub(crate) fn seal(document: &mut Document, committee: &str, date: Option<Date>) {
    document.line(Place::Right, vec![words(format!("{committee}（印章）"))]);
    document.line(Place::Right, day_runs(date));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn counts_as_chinese_paper_does() {
        let counted: Vec<_> = [0, 1, 10, 11, 20, 34, 99, 100].map(count).into();
        assert_eq!(counted, ["零", "一", "十", "十一", "二十", "三十四", "九十九", "100"]);
    }

    #[test]
    fn writes_days_without_leading_zeros_and_minutes_with() {
        assert_eq!(day(date(2026, 3, 2)), "2026年3月2日");
        assert_eq!(moment(date(2026, 3, 2).at(9, 5, 0, 0)), "2026年3月2日9时05分");
        assert_eq!(list(&["甲", " ", "乙"]), "甲、乙");
    }
}
