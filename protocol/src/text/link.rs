//! Addresses of pages elsewhere that a person names as their own.

use std::borrow::Cow;

use super::{is_domain_label, length_between, prose};
use crate::{Reason, rich};

const SCHEME: &str = "https://";
/// Characters of an address at most.
const MAX: u32 = 200;

/// The address in the one form in which it is stored and followed: `https`, its host in small ASCII letters.
pub(super) fn profile_link(typed: &str) -> Result<String, Reason> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Reason::Empty);
    }
    length_between(typed, 1, MAX)?;
    if typed.chars().any(|c| c.is_control() || prose::is_invisible(c)) {
        return Err(Reason::Unprintable);
    }
    if typed.contains(|c: char| c.is_whitespace() || "\"'<>`{}|\\^".contains(c)) {
        return Err(Reason::Malformed);
    }
    let link = rich::address(&with_scheme(typed)?).map(Cow::into_owned).ok_or(Reason::Malformed)?;
    let rest = link.strip_prefix(SCHEME).ok_or(Reason::Malformed)?;
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if !is_authority(authority) {
        return Err(Reason::Malformed);
    }
    let link = format!("{SCHEME}{}{path}", authority.to_ascii_lowercase());
    length_between(&link, 1, MAX)?;
    Ok(link)
}

/// Most people leave the scheme out. Any other one is refused: what runs (`javascript:`) and what others can read on the way.
fn with_scheme(typed: &str) -> Result<String, Reason> {
    let front = typed.get(..SCHEME.len()).filter(|front| front.eq_ignore_ascii_case(SCHEME));
    match front {
        Some(_) => Ok(format!("{SCHEME}{}", typed.get(SCHEME.len()..).unwrap_or_default())),
        None if typed.contains("://") => Err(Reason::Malformed),
        None => Ok(format!("{SCHEME}{typed}")),
    }
}

/// Whether it is the name of a host, perhaps with a port, and nothing that only looks like one: no name before an `@`, no
/// number.
fn is_authority(authority: &str) -> bool {
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    (1..=5).contains(&port.len())
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && host.len() <= 253
        && labels.len() >= 2
        && last.len() >= 2
        && last.bytes().any(|byte| byte.is_ascii_alphabetic())
        && labels.into_iter().all(is_domain_label)
}

#[cfg(test)]
mod tests {
    use super::profile_link;
    use crate::Reason;

    #[test]
    fn an_address_is_stored_in_one_form() {
        for (typed, link) in [
            ("https://github.com/ana", "https://github.com/ana"),
            (" github.com/ana ", "https://github.com/ana"),
            ("HTTPS://GitHub.com/Ana", "https://github.com/Ana"),
            ("https://example.org:8443/?q=1#top", "https://example.org:8443/?q=1#top"),
            ("https://mastodon.social/@ana", "https://mastodon.social/@ana"),
            ("https://bücher.example/liste", "https://xn--bcher-kva.example/liste"),
            ("example.org", "https://example.org"),
        ] {
            assert_eq!(profile_link(typed).as_deref(), Ok(link), "{typed}");
        }
    }

    #[test]
    fn what_is_no_page_over_https_is_refused() {
        for typed in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,<b>",
            "http://example.org",
            "ftp://example.org",
            "mailto:ana@example.org",
            "//example.org",
            "https://",
            "https://localhost",
            "https://bank.example@evil.example",
            "https://user:password@example.org",
            "https://127.0.0.1",
            "https://[::1]/",
            "https://exa mple.org",
            "https://example.org/\"onclick=x",
            "https://example.org/<script>",
            "https://example.org\\evil",
            "https://example.org:port",
            "https://-a.example",
            "/u/ana",
            "ana",
        ] {
            assert_eq!(profile_link(typed), Err(Reason::Malformed), "{typed}");
        }
        assert_eq!(profile_link("https://example.org/\0"), Err(Reason::Unprintable));
        assert_eq!(profile_link("https://example.org/\u{202e}gpj"), Err(Reason::Unprintable));
        assert_eq!(
            profile_link(&format!("example.org/{}", "a".repeat(10_000))),
            Err(Reason::TooLong { max: 200 })
        );
        assert_eq!(profile_link("  "), Err(Reason::Empty));
    }
}
