/// Sites at which many people have a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// github.com
    GitHub,
    /// A server of Mastodon.
    Mastodon,
    /// youtube.com
    YouTube,
    /// instagram.com
    Instagram,
    /// linkedin.com
    LinkedIn,
    /// Any other.
    Other,
}

/// Sites whose addresses look like those of Mastodon, and are none.
const WITH_HANDLES: [&str; 4] = ["tiktok.com", "medium.com", "threads.net", "threads.com"];

impl Site {
    /// The site of a link.
    pub fn of(link: &str) -> Self {
        let (host, path) = parts(link);
        let is_at =
            |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'));
        match () {
            () if is_at("github.com") => Self::GitHub,
            () if is_at("youtube.com") || host == "youtu.be" => Self::YouTube,
            () if is_at("instagram.com") => Self::Instagram,
            () if is_at("linkedin.com") => Self::LinkedIn,
            () if WITH_HANDLES.into_iter().any(is_at) => Self::Other,
            // Anybody can run one, but all of them have people at such addresses.
            () if path.starts_with("@") && !path.contains('/') => Self::Mastodon,
            () => Self::Other,
        }
    }
}

/// A link as it is read: without what goes without saying.
pub fn shown_link(link: &str) -> String {
    let (host, path) = parts(link);
    if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") }
}

/// The host and the path of a link, without what goes without saying.
fn parts(link: &str) -> (&str, &str) {
    let link = link.strip_prefix("https://").unwrap_or(link);
    let (host, path) = link.split_once('/').unwrap_or((link, ""));
    (host.strip_prefix("www.").unwrap_or(host), path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{Site, shown_link};

    #[test]
    fn known_sites_are_known_by_their_host() {
        for (link, site) in [
            ("https://github.com/ana", Site::GitHub),
            ("https://gist.github.com/ana", Site::GitHub),
            ("https://notgithub.com/ana", Site::Other),
            ("https://github.com.evil.example/ana", Site::Other),
            ("https://www.youtube.com/@ana", Site::YouTube),
            ("https://youtu.be/x", Site::YouTube),
            ("https://instagram.com/ana", Site::Instagram),
            ("https://de.linkedin.com/in/ana", Site::LinkedIn),
            ("https://mastodon.social/@ana", Site::Mastodon),
            ("https://social.example/@ana/", Site::Mastodon),
            ("https://medium.com/@ana", Site::Other),
            ("https://example.org", Site::Other),
        ] {
            assert_eq!(Site::of(link), site, "{link}");
        }
    }

    #[test]
    fn a_link_is_read_without_what_goes_without_saying() {
        for (link, shown) in [
            ("https://www.example.org/", "example.org"),
            ("https://github.com/ana", "github.com/ana"),
            ("https://example.org/a/b?c", "example.org/a/b?c"),
        ] {
            assert_eq!(shown_link(link), shown);
        }
    }
}
