use leptos::prelude::*;

use super::*;

fn html(view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| view().to_html())
}

#[test]
fn text_cannot_leave_a_textarea() {
    let page =
        html(|| view! { <Textarea label="Bio" name="bio" value="</textarea><script>alert(1)" /> }.into_any());
    assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)</textarea>"), "{page}");
    assert_eq!(page.matches("</textarea>").count(), 1);
    assert!(!page.contains("<script"));
}

#[test]
fn text_cannot_leave_the_value_of_a_field() {
    let page = html(|| view! { <Field label="Name" name="name" value="\"><script>" /> }.into_any());
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn a_field_points_to_its_hint_and_its_message() {
    let error = Some("Taken.".to_owned());
    let page =
        html(|| view! { <Field label="Username" name="username" hint="Yours alone." error /> }.into_any());
    for part in [
        r#"aria-describedby="username-hint username-error""#,
        r#"aria-invalid="true""#,
        r#"id="username-hint""#,
        r#"id="username-error" role="alert""#,
        r#"for="username""#,
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_field_without_message_is_not_invalid() {
    let page = html(|| view! { <Field label="Username" name="username" /> }.into_any());
    assert!(!page.contains("aria-invalid") && !page.contains("aria-describedby"), "{page}");
}

#[test]
fn a_button_with_an_icon_only_has_a_name() {
    let page = html(|| view! { <Button icon="more" label="Post options" /> }.into_any());
    assert!(page.contains(r#"aria-label="Post options""#) && page.contains("data-icon"), "{page}");
}

#[test]
fn a_toggle_says_whether_it_is_on() {
    let page = html(|| view! { <Button pressed=false>"Like"</Button> }.into_any());
    assert!(page.contains(r#"aria-pressed="false""#), "{page}");
    let page = html(|| view! { <Button>"Post"</Button> }.into_any());
    assert!(!page.contains("aria-pressed"), "{page}");
}

#[test]
fn the_server_prints_a_moment_in_utc() {
    let page = html(|| view! { <Time micros=1_777_831_329_000_000 /> }.into_any());
    assert!(page.contains(r#"datetime="2026-05-03T18:02:09Z""#), "{page}");
    assert!(page.contains(r#"title="Sunday, 3 May 2026, 18:02 UTC""#), "{page}");
    assert!(page.contains(">3 May 2026, 18:02 UTC<"), "{page}");
}
