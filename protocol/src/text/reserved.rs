//! Usernames that sound as if they spoke for the site, or for its machines.

const RESERVED: [&str; 56] = [
    "abuse",
    "account",
    "accounts",
    "admin",
    "administration",
    "administrator",
    "admins",
    "anonymous",
    "api",
    "bot",
    "community",
    "contact",
    "daemon",
    "everybody",
    "everyone",
    "feedback",
    "help",
    "helpdesk",
    "host",
    "hostmaster",
    "info",
    "kith",
    "legal",
    "login",
    "logout",
    "mail",
    "mailer",
    "mailerdaemon",
    "mod",
    "moderation",
    "moderator",
    "moderators",
    "mods",
    "news",
    "nobody",
    "noreply",
    "null",
    "official",
    "operator",
    "postmaster",
    "privacy",
    "root",
    "security",
    "service",
    "settings",
    "signup",
    "staff",
    "superuser",
    "support",
    "sysadmin",
    "system",
    "team",
    "undefined",
    "verify",
    "webmaster",
    "www",
];

/// Words that turn a reserved name into another one that says the same: `kith_support`, `the_admin`, `admin2`.
const AROUND: [&str; 7] = ["kith", "the", "official", "real", "team", "support", "admin"];

/// Whether a username, without underscores, is one of these, or looks like one.
pub(super) fn is_reserved(username: &str) -> bool {
    let name = fold(username.trim_end_matches(|c: char| c.is_ascii_digit()));
    is_listed(&fold(username))
        || is_listed(&name)
        || AROUND.iter().map(|word| fold(word)).any(|word| {
            [name.strip_prefix(&word), name.strip_suffix(&word)].into_iter().flatten().any(is_listed)
        })
}

fn is_listed(name: &str) -> bool {
    RESERVED.iter().any(|reserved| fold(reserved) == name)
}

/// What names share that are taken for each other at a glance. Coarser than the skeleton of a username: here it costs nobody
/// a name of their own.
fn fold(name: &str) -> String {
    let letters: String = name
        .chars()
        .map(|c| match c {
            'i' | '1' => 'l',
            '0' => 'o',
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            '7' => 't',
            other => other,
        })
        .collect();
    letters.replace("rn", "m").replace("vv", "w")
}

#[cfg(test)]
mod tests {
    use crate::text::Username;

    fn is_reserved(name: &str) -> bool {
        Username::parse(name).expect("a username").is_reserved()
    }

    #[test]
    fn whoever_would_speak_for_the_site_does_not_get_the_name() {
        for name in [
            "admin",
            "ADMIN",
            "ad_min",
            "adm1n",
            "adrnin",
            "admin1",
            "the_admin",
            "kith",
            "k1th",
            "k_i_t_h",
            "kith_team",
            "kith_support",
            "supp0rt",
            "support",
            "root",
            "r00t",
            "roo7",
            "system",
            "sy5tem",
            "moderator",
            "security",
            "noreply",
            "no_reply",
            "postmaster",
            "officialkith",
            "www",
            "vvww",
            "staff",
        ] {
            assert!(is_reserved(name), "{name}");
        }
    }

    #[test]
    fn names_of_people_are_free() {
        for name in [
            "ana",
            "ben",
            "keith",
            "judith",
            "adam",
            "adina",
            "roota",
            "ruth",
            "supporter_of_fc",
            "teo",
            "mona",
            "hosta",
            "marvin",
            "theo",
            "realmadridfan",
            "infante",
            "botond",
            "modesta",
            "newsome",
            "teamo",
            "apia",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
