use serde_json::{from_value, json, to_value};

use super::{FieldErrors, Problem, Reason};

/// Values and how they are written, one for each variant: the list does not compile when one is missing.
macro_rules! each {
    ($type:ident: $($variant:ident $({ $field:ident: $value:expr })? => $written:expr,)+) => {{
        let known = |value: &$type| match value {
            $($type::$variant $({ $field: _ })? => (),)+
        };
        let all = vec![$(($type::$variant $({ $field: $value })?, $written),)+];
        all.iter().for_each(|(value, _)| known(value));
        all
    }};
}

#[test]
fn each_problem_is_written_like_this_and_read_back() {
    let all = each! { Problem:
        Invalid { fields: Vec::new() } => json!({ "invalid": { "fields": [] } }),
        SignInNeeded => json!("sign_in_needed"),
        SignedInAs { username: "ben".to_owned() } => json!({ "signed_in_as": { "username": "ben" } }),
        WrongCredentials => json!("wrong_credentials"),
        UnknownPasskey => json!("unknown_passkey"),
        NotVerified => json!("not_verified"),
        LinkUnusable => json!("link_unusable"),
        NotFound => json!("not_found"),
        YouBlocked => json!("you_blocked"),
        Changed => json!("changed"),
        TooMany { retry_after: 61 } => json!({ "too_many": { "retry_after": 61 } }),
        TooLarge => json!("too_large"),
        BadRequest => json!("bad_request"),
        Unavailable => json!("unavailable"),
        Internal => json!("internal"),
    };
    for (problem, written) in all {
        assert_eq!(to_value(&problem).unwrap(), written);
        assert_eq!(from_value::<Problem>(written).unwrap(), problem);
    }
}

#[test]
fn each_reason_is_written_like_this_and_read_back() {
    let all = each! { Reason:
        Empty => json!("empty"),
        TooShort { min: 3 } => json!({ "too_short": { "min": 3 } }),
        TooLong { max: 30 } => json!({ "too_long": { "max": 30 } }),
        Malformed => json!("malformed"),
        Unprintable => json!("unprintable"),
        StackedMarks => json!("stacked_marks"),
        Taken => json!("taken"),
        Guessable => json!("guessable"),
        Wrong => json!("wrong"),
        Unchanged => json!("unchanged"),
        TooMany { max: 10 } => json!({ "too_many": { "max": 10 } }),
        TooLarge { max: 10 } => json!({ "too_large": { "max": 10 } }),
        TooManyPixels { max: 50 } => json!({ "too_many_pixels": { "max": 50 } }),
        TooManyFrames { max: 2_000 } => json!({ "too_many_frames": { "max": 2_000 } }),
        TimedOut => json!("timed_out"),
        UnknownKind => json!("unknown_kind"),
        Damaged => json!("damaged"),
        Gone => json!("gone"),
        QuotaReached { max: 1_000 } => json!({ "quota_reached": { "max": 1_000 } }),
        StorageFull => json!("storage_full"),
    };
    for (reason, written) in all {
        let problem = Problem::field("username", reason);
        let written = json!({ "invalid": { "fields": [{ "field": "username", "reason": written }] } });
        assert_eq!(to_value(&problem).unwrap(), written);
        assert_eq!(from_value::<Problem>(written).unwrap(), problem);
    }
}

#[test]
fn a_problem_of_another_kind_is_refused() {
    for written in [json!("cosmic_rays"), json!({}), json!({ "problem": "not_found" }), json!("too_many")] {
        assert!(from_value::<Problem>(written).is_err());
    }
}

#[test]
fn field_errors_keep_the_values_that_are_fine_and_list_the_others() {
    let mut errors = FieldErrors::default();
    assert_eq!(errors.check("first", Ok(7)), Some(7));
    assert_eq!(errors.check::<()>("second", Err(Reason::Empty)), None);
    assert_eq!(errors.check::<()>("third", Err(Reason::Taken)), None);
    let problem = errors.into_problem().expect("a problem");
    assert_eq!(
        (problem.reason_for("second"), problem.reason_for("third")),
        (Some(&Reason::Empty), Some(&Reason::Taken))
    );
    assert_eq!((problem.reason_for("first"), Problem::NotFound.reason_for("second")), (None, None));
    assert_eq!(FieldErrors::default().into_problem(), None);
}

#[test]
fn two_problems_of_fields_are_one_in_the_order_of_the_form() {
    let (one, other) =
        (Problem::field("email", Reason::Malformed), Problem::field("username", Reason::Taken));
    let both = one.and(other).sorted_by_form(&["username", "email"]);
    let Problem::Invalid { fields } = &both else { panic!("{both:?}") };
    assert_eq!(fields.iter().map(|found| found.field.as_ref()).collect::<Vec<_>>(), ["username", "email"]);
    let first = Problem::NotFound.and(Problem::Internal);
    assert_eq!(first.sorted_by_form(&["username"]), Problem::NotFound);
}
