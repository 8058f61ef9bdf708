//! Amounts as agreements state them: in digits, and in characters that nobody can change with a stroke.

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// 人民币1,200.50元（大写：壹仟贰佰元伍角整）
pub(crate) fn in_full(fen: i64) -> String {
    format!("人民币{}元（大写：{}）", in_digits(fen), in_characters(fen))
}

/// 1,200.50
pub(crate) fn in_digits(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    let yuan = (fen / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in yuan.chars().enumerate() {
        if at > 0 && (yuan.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{:02}", fen % 100)
}

/// 壹仟贰佰元伍角整
pub(crate) fn in_characters(fen: i64) -> String {
    let sign = if fen < 0 { "负" } else { "" };
    let fen = fen.unsigned_abs();
    let (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
    let whole = if yuan == 0 && fen != 0 { String::new() } else { format!("{}元", number(yuan)) };
    let rest = match (jiao, cents) {
        (0, 0) => "整".to_owned(),
        (_, 0) => format!("{}角整", digit(jiao)),
        (0, _) if yuan == 0 => format!("{}分", digit(cents)),
        (0, _) => format!("零{}分", digit(cents)),
        _ => format!("{}角{}分", digit(jiao), digit(cents)),
    };
    format!("{sign}{whole}{rest}")
}

/// A whole number in groups of four places, with one 零 for any gap.
fn number(mut rest: u64) -> String {
    if rest == 0 {
        return digit(0).to_owned();
    }
    let mut text = String::new();
    let mut gap = false;
    for group in GROUPS {
        let four = rest % 10_000;
        rest /= 10_000;
        if four > 0 {
            let zero = if gap && !text.is_empty() { digit(0) } else { "" };
            text = format!("{}{group}{zero}{text}", four_places(four));
            gap = false;
        }
        // A group with an empty first place leaves a gap before what stands above it.
        gap |= four < 1000;
    }
    text
}

fn four_places(four: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (at, place) in PLACES.iter().enumerate().rev() {
        let one = four / 10_u64.pow(at as u32) % 10;
        if one == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push_str(digit(0));
            gap = false;
        }
        text.push_str(digit(one));
        text.push_str(place);
    }
    text
}

fn digit(one: u64) -> &'static str {
    usize::try_from(one).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_amounts_as_banks_do() {
        let cases = [
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (105, "壹元零伍分"),
            (120_050, "壹仟贰佰元伍角整"),
            (1_000_000, "壹万元整"),
            (1_000_500, "壹万零伍元整"),
            (100_101_000, "壹佰万壹仟零壹拾元整"),
            (10_000_500_000, "壹亿零伍仟元整"),
            (10_000_000_000, "壹亿元整"),
            (123_456_789_012, "壹拾贰亿叁仟肆佰伍拾陆万柒仟捌佰玖拾元壹角贰分"),
            (-300, "负叁元整"),
        ];
        for (fen, expected) in cases {
            assert_eq!(in_characters(fen), expected, "{fen}");
        }
        assert_eq!(in_full(123_456_700), "人民币1,234,567.00元（大写：壹佰贰拾叁万肆仟伍佰陆拾柒元整）");
        assert_eq!(in_digits(i64::MIN), "-92,233,720,368,547,758.08");
        assert!(in_characters(i64::MIN).starts_with("负玖"));
    }
}
