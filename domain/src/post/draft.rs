use protocol::{
    Problem, Reason,
    media::{AltText, AttachedPicture, POST_PICTURES, PictureView},
    post::PostBody,
    problem::FieldErrors,
};

use crate::Error;

/// What a post is to say, checked.
pub(super) struct Draft {
    pub(super) body: String,
    pub(super) pictures: Vec<AttachedPicture>,
}

impl Draft {
    /// Checks what was written; the problems of all fields come together.
    pub(super) fn parse(body: &str, pictures: Vec<AttachedPicture>) -> Result<Self, Error> {
        let mut errors = FieldErrors::default();
        let body = match PostBody::parse(body) {
            Err(Reason::Empty) if !pictures.is_empty() => Some(String::new()),
            checked => errors.check("body", checked).map(Into::into),
        };
        let pictures = errors.check("pictures", check_distinct(pictures));
        let pictures = pictures.and_then(|pictures| errors.check("alt", check_alt(pictures)));
        match (body, pictures, errors.into_problem()) {
            (Some(body), Some(pictures), None) => Ok(Self { body, pictures }),
            (_, _, problem) => Err(problem.unwrap_or(Problem::BadRequest).into()),
        }
    }

    /// Whether this is what stands there already.
    pub(super) fn equals(&self, body: &str, pictures: &[PictureView]) -> bool {
        let shown = pictures.iter().map(|picture| (picture.id, picture.alt.as_str()));
        self.body == body && self.pictures.iter().map(|new| (new.id, new.alt.as_str())).eq(shown)
    }
}

fn check_distinct(pictures: Vec<AttachedPicture>) -> Result<Vec<AttachedPicture>, Reason> {
    if pictures.len() > POST_PICTURES {
        return Err(Reason::TooMany { max: POST_PICTURES as u32 });
    }
    let mut ids: Vec<_> = pictures.iter().map(|picture| picture.id).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair.first() == pair.last()) { Err(Reason::Malformed) } else { Ok(pictures) }
}

fn check_alt(pictures: Vec<AttachedPicture>) -> Result<Vec<AttachedPicture>, Reason> {
    let checked = pictures.into_iter().map(|picture| match AltText::parse(picture.alt.trim_start()) {
        Err(Reason::Empty) => Ok(AttachedPicture { alt: String::new(), ..picture }),
        Err(reason) => Err(reason),
        Ok(alt) => Ok(AttachedPicture { alt: alt.into(), ..picture }),
    });
    checked.collect()
}
