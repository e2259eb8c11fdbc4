//! What people answer, and what they say to each other.

/// What is added to a post a little later.
pub(super) const AFTERTHOUGHTS: &[&str] = &[
    "Edit: thank you all, I have what I need.",
    "Edit: it is half an hour later than I wrote at first.",
    "Edit: somebody has answered already. You are quick!",
    "Edit: we meet at the back door, the front one sticks.",
];

/// Comments that fit anywhere.
pub(super) const COMMENTS: &[&str] = &[
    "Love this.",
    "Thank you for writing it down!",
    "Ha, same here.",
    "I’ll be there.",
    "Good to know, thanks.",
    "Lovely.",
    "I wish I had been there.",
    "Tell me more on {day}?",
    "This is why I like living here.",
    "Oh no!",
    "Brilliant.",
    "Can’t make it this time, next time for sure.",
    "Let me know if you need a hand.",
    "I have been wondering about that, too. We tried it last year with {number} people, and it worked better than anybody had expected, mostly because of the food.",
    "❤️",
];

/// Replies that fit anywhere. `{name}` is who is answered.
pub(super) const REPLIES: &[&str] = &[
    "Thank you, {name}!",
    "You’re the best, {name}.",
    "Yes, exactly.",
    "Deal.",
    "I’ll ask and tell you.",
    "See you on {day} then!",
    "{name}, you always say that. 🙂",
    "Same.",
    "No, but I would like to.",
    "That’s a good idea. Who else is in?",
    "It’s at {place}, the door on the side.",
    "Only if you bring {dish}.",
    "Done, I put you on the list.",
    "Really? I had no idea.",
];

/// What two people said to each other.
pub(super) struct Chat {
    /// Who begins, and the other, by their places among the people.
    pub(super) between: (usize, usize),
    /// In turns.
    pub(super) lines: &'static [&'static str],
}

pub(super) const CHATS: &[Chat] = &[
    Chat {
        between: (0, 22),
        lines: &[
            "Welcome to Kith! I’m Ana, I look after the place a little. If something doesn’t work, tell me.",
            "Thank you! So far everything is where I’d look for it.",
            "That’s the nicest thing anybody has said this week.",
            "Who do I ask about the garden plot?",
            "Hana. She’s lovely. Bring cake.",
        ],
    },
    Chat {
        between: (1, 0),
        lines: &[
            "Hi! Are you coming to choir tonight?",
            "Yes, but I’ll be ten minutes late. Keep me a chair?",
            "Always. The one by the radiator.",
            "You’re an angel.",
            "Did you find your copy of the Fauré?",
            "In the piano. Of course.",
            "😂",
            "Shall I bring the key for the hall, or do you have it?",
            "I have it. See you at seven!",
        ],
    },
    Chat {
        between: (0, 2),
        lines: &[
            "Could I borrow your ladder on Saturday?",
            "Sure. It’s behind the shed, just take it.",
            "Thank you! I’ll bring it back on Sunday with plums.",
            "Then you may borrow it more often.",
            "What do you need it for?",
            "The gutter. There is a small tree growing in it.",
            "Leave it. It has been through a lot.",
        ],
    },
    Chat {
        between: (9, 0),
        lines: &[
            "I have the photos of the concert. How do I get them to you?",
            "Bring the stick on Tuesday? Mine is full.",
            "OK. There are 412 of them.",
            "…",
            "I’ve thrown out the ones where Gustav blinks. Before that it was 800.",
            "You have the patience of a saint.",
            "Somebody has to. There is a really good one of you, by the way. Third row, laughing.",
            "That must have been when the lights went out.",
        ],
    },
    Chat {
        between: (0, 7),
        lines: &[
            "Did you read to the end?",
            "Yes. I’m not ready to talk about it.",
            "The letter!",
            "I said I’m not ready.",
            "OK. Wednesday.",
            "Wednesday. And then at length.",
        ],
    },
    Chat {
        between: (5, 0),
        lines: &[
            "Recipe, please.",
            "For which one?",
            "You know which one.",
            "Butter 125 g, sugar 100 g, three eggs, 200 g flour, plums as many as fit. 180 degrees, three quarters of an hour.",
            "That’s all??",
            "And brown the butter first. But you didn’t hear it from me.",
            "I heard nothing. Thank you!",
            "Tell me how it went.",
            "It’s in the oven. The whole house smells of it, and there are suddenly people in my kitchen.",
        ],
    },
    Chat {
        between: (2, 10),
        lines: &[
            "Are you all right? You were so quiet yesterday.",
            "A bit tired. Thank you for asking.",
            "If you want to go for a walk tomorrow: I’m free after four.",
            "I’d like that. The river?",
            "The river. I’ll bring tea.",
        ],
    },
    Chat {
        between: (24, 13),
        lines: &[
            "The children want to know whether the cat can come along.",
            "Which cat?",
            "Yours.",
            "He says he will think about it.",
        ],
    },
    Chat {
        between: (18, 3),
        lines: &[
            "Training is cancelled, the pitch is a lake.",
            "Good. I mean, what a pity.",
            "I’ll tell the others.",
        ],
    },
    Chat {
        between: (4, 12),
        lines: &[
            "Can you take the walking bus on Thursday? I have the dentist.",
            "Yes, no problem.",
            "There are seven now, the twins are back.",
            "Seven. OK. Whistle?",
            "Hangs in the hall. Use it sparingly.",
            "I’ll use it exactly once.",
            "How was the dentist?",
            "I can drink, but not smile.",
        ],
    },
    Chat {
        between: (17, 14),
        lines: &[
            "Is the repair café on this week?",
            "Yes, from two. What is it?",
            "The record player. It plays, but only backwards.",
            "Bring it. And a record you don’t like.",
        ],
    },
    Chat {
        between: (10, 7),
        lines: &[
            "I still have your dish, the blue one.",
            "Keep it until you make the curry again.",
            "That’s blackmail.",
            "That’s hospitality.",
            "Sunday?",
            "Sunday. I’ll bring the rice.",
            "And the others?",
            "I’ll ask Priya and Liam. Six of us, then.",
            "Seven with the baby.",
        ],
    },
    Chat {
        between: (16, 1),
        lines: &[
            "Your light is still on. On the bike, I mean, outside the library.",
            "Oh! Thank you. Running.",
            "I switched it off.",
            "You’re a good person.",
        ],
    },
    Chat {
        between: (3, 6),
        lines: &[
            "How many tables do we have for Saturday?",
            "Nine. And a door on two trestles.",
            "Then we’re ten. Extension cables?",
            "Oskar says he has forty metres.",
            "Why does Oskar have forty metres?",
            "We don’t ask Oskar such things.",
            "Fair.",
            "Can you bring the big pot?",
        ],
    },
];
