use leptos::prelude::*;
use protocol::{PictureId, media::PictureView};
use uuid::Uuid;

use super::{PictureGrid, srcset::srcset};

const ID: &str = "00000000-0000-7000-8000-000000000001";

fn picture(width: u32, height: u32) -> PictureView {
    let id = PictureId::from(Uuid::parse_str(ID).expect("an id"));
    let preview = "data:image/webp;base64,AAAA".to_owned();
    PictureView { id, width, height, alt: String::new(), preview, moves: false }
}

fn grid(pictures: Vec<PictureView>) -> String {
    Owner::new().with(|| view! { <PictureGrid pictures /> }.to_html())
}

#[test]
fn a_browser_learns_how_wide_each_size_is() {
    let sources = srcset(&picture(2560, 1280));
    assert_eq!(sources, format!("/media/{ID}/small 480w, /media/{ID}/medium 1200w, /media/{ID}/large 2560w"));
    let sources = srcset(&picture(640, 2560));
    assert_eq!(sources, format!("/media/{ID}/small 120w, /media/{ID}/medium 300w, /media/{ID}/large 640w"));
}

#[test]
fn a_small_picture_is_named_once() {
    assert_eq!(srcset(&picture(300, 200)), format!("/media/{ID}/small 300w"));
    assert_eq!(srcset(&picture(1, 2560)), format!("/media/{ID}/small 1w"));
}

#[test]
fn what_moves_stands_still_in_a_grid() {
    let page = grid(vec![PictureView { moves: true, ..picture(2560, 2560) }]);
    assert!(page.contains("medium 1200w") && !page.contains("large 2560w"), "{page}");
    assert!(page.contains(">GIF<"), "{page}");
}

#[test]
fn places_are_known_before_pictures_load() {
    let page = grid(vec![picture(1600, 900)]);
    assert!(page.contains(r#"width="1600""#) && page.contains(r#"height="900""#), "{page}");
    assert!(!page.contains("style="), "{page}");
}

#[test]
fn each_picture_leads_to_itself_and_has_a_name() {
    let described = PictureView { alt: "A <cat> & a \"dog\"".to_owned(), ..picture(800, 600) };
    let page = grid(vec![described, picture(800, 600)]);
    assert_eq!(page.matches(&format!(r#"href="/media/{ID}/large""#)).count(), 2, "{page}");
    assert!(page.contains(r#"alt="A &lt;cat&gt; &amp; a &quot;dog&quot;""#), "{page}");
    assert_eq!(page.matches("aria-label=").count(), 1, "{page}");
    assert!(page.contains(r#"aria-label="Picture 2 of 2""#), "{page}");
}

#[test]
fn the_fourth_of_many_says_how_many_more_there_are() {
    for (count, many, more) in
        [(1, "1", None), (4, "4", None), (5, "many", Some("+1")), (10, "many", Some("+6"))]
    {
        let page = grid((0..count).map(|_| picture(800, 600)).collect());
        assert!(page.contains(&format!(r#"data-count="{many}""#)), "{page}");
        assert_eq!(page.matches("<li").count(), count);
        assert_eq!(page.matches("picture-hidden").count(), usize::from(more.is_some()), "{page}");
        assert!(more.is_none_or(|more| page.contains(&format!(">{more}<"))), "{page}");
    }
}

#[test]
fn a_post_without_pictures_has_no_grid() {
    assert!(!grid(Vec::new()).contains("<ul"));
}
