//! File names that every system can unpack and none can be led astray by.

/// Characters that a name keeps.
const MOST: usize = 80;

/// The name without folders, without what some system refuses, and not too long; never empty.
pub(super) fn safe(name: &str) -> String {
    let clean = crate::Text::from(name);
    let replaced: String =
        clean.as_str().chars().map(|letter| if is_refused(letter) { '_' } else { letter }).collect();
    let trimmed = replaced.trim_matches(|letter: char| letter.is_whitespace() || letter == '.');
    let (stem, ending) = match trimmed.rsplit_once('.') {
        Some((stem, ending)) if !ending.is_empty() && ending.chars().count() <= 8 => {
            (stem, format!(".{ending}"))
        }
        _ => (trimmed, String::new()),
    };
    let stem: String = stem.chars().take(MOST).collect();
    if stem.trim().is_empty() { format!("_{ending}") } else { format!("{}{ending}", stem.trim()) }
}

fn is_refused(letter: char) -> bool {
    matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        let cases = [
            ("现场照片.jpg", "现场照片.jpg"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\a?.png", "C__a_.png"),
            ("..", "_"),
            ("", "_"),
            (".jpg", "jpg"),
            ("a\u{0}\u{202e}gpj.exe", "agpj.exe"),
        ];
        for (given, expected) in cases {
            assert_eq!(safe(given), expected, "{given:?}");
        }
        assert!(safe(&"长".repeat(500)).chars().count() <= MOST);
        assert!(safe(&format!("{}.jpeg", "长".repeat(500))).ends_with("长.jpeg"));
    }
}
