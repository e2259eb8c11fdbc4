/// A count with what it counts: "1 like", "2 likes".
pub fn count_of(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
