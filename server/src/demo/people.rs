/// Username, first and last name, the first ones the most talkative.
pub(super) const PEOPLE: [(&str, &str, &str); 30] = [
    ("ana", "Ana", "Brandt"),
    ("ben", "Ben", "Okafor"),
    ("chiara", "Chiara", "Rossi"),
    ("jonas", "Jonas", "Weber"),
    ("priya", "Priya", "Raman"),
    ("liam", "Liam", "O’Connor"),
    ("hana", "Hana", "Kovářová"),
    ("wanjiru", "Wanjiru", "Kamau"),
    ("gustav", "Gustav", "Lindqvist"),
    ("mei", "Mei-Ling", "Chen"),
    ("rosa", "Rosa", "Jiménez"),
    ("yusuf", "Yusuf", "Demir"),
    ("ines", "Inês", "Carvalho"),
    ("fatima", "Fatima", "El Idrissi"),
    ("oskar", "Oskar", "Nowak"),
    ("zoe", "Zoë", "van Dijk"),
    ("sami", "Sami", "Virtanen"),
    ("tomoko", "Tomoko", "Sato"),
    ("emeka", "Emeka", "Adeyemi"),
    ("xenia", "Xenia", "Papadopoulou"),
    ("arthur", "Arthur", "Pendry"),
    ("noor", "Noor", "Haddad"),
    ("dora", "Dóra", "Szabó"),
    ("quentin", "Quentin", "Dubois"),
    ("ulla", "Ulla", "Hansen"),
    ("kaya", "Kaya", "Yıldız"),
    ("bea", "Beatriz", "Souza"),
    ("carljohan", "Carl-Johan", "Berg"),
    ("dmitri", "Dmitri", "Volkov"),
    ("viktor", "Viktor", "Petrov"),
];

/// Who has blocked whom, by their places above.
pub(super) const BLOCKS: [(usize, usize); 3] = [(21, 29), (15, 29), (26, 28)];

/// Whether these two have nothing to do with each other.
pub(super) fn are_apart(one: usize, other: usize) -> bool {
    BLOCKS.contains(&(one, other)) || BLOCKS.contains(&(other, one))
}
