//! The look of our letters: one column, one button, and a plain twin that reads well.

use protocol::Timestamp;

use super::Mail;

/// What a letter asks for.
pub(crate) struct Action {
    /// What stands on the button.
    pub(crate) label: String,
    /// Where it leads.
    pub(crate) link: String,
}

/// Lays out a letter of the community with this name, of a few paragraphs with the buttons between the first and the others. It greets by name only whom it
/// knows.
pub(crate) fn compose(
    community: &str,
    to: &str,
    name: Option<&str>,
    subject: &str,
    lead: &str,
    actions: &[Action],
    rest: &[&str],
) -> Mail {
    let hello = name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},"));
    let mut text = format!("{hello}\n\n{lead}\n\n");
    for action in actions {
        text.push_str(&format!("{}:\n{}\n\n", action.label, action.link));
    }
    for paragraph in rest {
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text.push_str(&format!("-- \n{community}\n"));
    Mail {
        to: to.to_owned(),
        name: name.unwrap_or_default().to_owned(),
        subject: subject.to_owned(),
        text,
        html: html(community, &hello, subject, lead, actions, rest),
    }
}

fn html(
    community: &str,
    hello: &str,
    subject: &str,
    lead: &str,
    actions: &[Action],
    rest: &[&str],
) -> String {
    let paragraph =
        |words: &str, style: &str| format!("<p style=\"margin:0 0 16px;{style}\">{}</p>", escape(words));
    let button = |action: &Action| {
        format!(
            "<p style=\"margin:24px 0\"><a href=\"{}\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;\
             background:#00645f;color:#ffffff;font-weight:600;text-decoration:none\">{}</a></p>",
            escape(&action.link),
            escape(&action.label),
        )
    };
    let buttons: String = actions.iter().map(button).collect();
    let rest: String = rest.iter().map(|words| paragraph(words, "color:#4a4d57;font-size:14px")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\
         <body style=\"margin:0;padding:24px;background:#fbfaf7;color:#1f222b;font:16px/1.5 system-ui,sans-serif\">\
         <div style=\"max-width:480px;margin:0 auto\">\
         <p style=\"margin:0 0 24px;font-weight:650;font-size:18px\">\
         <span style=\"color:#00645f\">&#9679;&#9675;</span> {community}</p>{hello}{lead}{buttons}{rest}</div></body></html>",
        community = escape(community),
        subject = escape(subject),
        hello = paragraph(hello, ""),
        lead = paragraph(lead, ""),
    )
}

/// A moment as a letter says it: `2 January 2026 at 03:04 UTC`.
pub fn moment(at: Timestamp) -> String {
    let micros = at.micros();
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let minutes = micros.div_euclid(60_000_000);
    let (days, minutes) = (minutes.div_euclid(1_440), minutes.rem_euclid(1_440));
    // Years that begin in March have their leap day at the end; eras of 400 years are equally long.
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12;
    let year = era * 400 + year_of_era + i64::from(month < 2);
    let name = usize::try_from(month).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{day} {name} {year} at {:02}:{:02} UTC", minutes / 60, minutes % 60)
}

/// Text as it stands in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_people_say_it() {
        for (seconds, text) in [
            (0, "1 January 1970 at 00:00 UTC"),
            (-1, "31 December 1969 at 23:59 UTC"),
            (951_782_400, "29 February 2000 at 00:00 UTC"),
            (1_709_164_800, "29 February 2024 at 00:00 UTC"),
            (1_709_251_199, "29 February 2024 at 23:59 UTC"),
            (1_709_251_200, "1 March 2024 at 00:00 UTC"),
            (1_767_323_045, "2 January 2026 at 03:04 UTC"),
            (4_102_444_800, "1 January 2100 at 00:00 UTC"),
        ] {
            assert_eq!(moment(Timestamp::from_micros(seconds * 1_000_000)), text);
        }
    }
}
