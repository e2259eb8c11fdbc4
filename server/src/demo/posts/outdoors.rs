use super::Topic;

pub(super) const GARDEN: Topic = Topic {
    once: &[
        "A year ago the plot on Mill Lane was a car park. Today I picked tomatoes there.\n\nFor everybody who has just joined: we meet every Saturday, tools are in the shed, the key hangs where it always hangs (ask me). Beginners get the easy bed. Nobody has ever managed to kill the mint.",
        "Somebody planted sweet peas in the bed by the gate. They are beautiful. Who are you?",
        "The scarecrow has been wearing my old choir jacket since Sunday. It suits him better.",
    ],
    parts: &[
        "The {plant} have arrived at that stage where I talk to them.|The neighbours have stopped asking.",
        "Too many {crop} again.|Bag on the wall at {street}, please take some, I beg you.",
        "What do you all do against {pest} that isn’t poison?|I have tried kindness.",
        "Community garden on {day} {time}: we move the compost.|It’s the best workout in town and there is {dish} afterwards.|Gloves are in the shed.",
        "Does anybody want young {crop}?|Sown far too generously, as every year.|I’m at home until {day}.",
        "{weather} this morning.|I covered the {plant} with my good tablecloth. Worth it.",
        "It’s {pest}, one; me, nil.|We’ll see who laughs at the end.",
        "First {crop} of the year!|We shared them with a ruler.",
        "Is it too late to sow {crop}?|The packet says yes, my heart says no.",
        "We still have half a bed free, next to the {plant}.|Beginners welcome.|Come on {day} {time} and have a look.",
        "The water butt is full, and so am I, of plans.|This year: {plant}. Everywhere.",
    ],
    comments: &[
        "Taking two bags, thank you!",
        "Beer traps. They die happy.",
        "The mint will outlive us all.",
        "I’ll come and shovel.",
        "Mine look nothing like that.",
        "Coffee grounds helped here.",
        "I would take some {crop}.",
    ],
};

pub(super) const BIKES: Topic = Topic {
    once: &[
        "Counted bikes on Station Road between eight and nine: 214. Cars: 97. Horses: one.\n\nI will send the numbers to the council, together with the photo of the horse.",
        "To whoever pumped up my tyres outside the library: you made my day.",
        "Rode to the sea and back, 162 km, with a headwind in both directions. I don’t know how that works either.",
    ],
    parts: &[
        "Repaired the {part} of my {bike} in {place} today.|{number} people helped, one of them knew how.",
        "Careful on {street}: there is glass all over the bike lane.|I swept what I could.",
        "Ride on {day} {time} from {place}.|Slow, flat, with a stop for cake. Children welcome.|We wait at every corner.",
        "My {bike} has been making a noise since {day}.|It stops when somebody listens. Any ideas?",
        "Selling my {bike}.|It has a loud bell and a good character.|Price: reasonable, or {dish}.",
        "The {part} of my {bike} has left me.|We had some good years.",
        "Does anybody have a spare {part}?|For my {bike}, nearly antique.",
        "New bike stands at {place}!|They are already full. What a nice problem to have.",
        "Teaching grown-ups to ride on {day} {time}, behind {place}.|Nobody laughs. We have all fallen off something.",
    ],
    comments: &[
        "It’s the bottom bracket. It is always the bottom bracket.",
        "See you there, I’ll bring the trailer.",
        "Thank you for telling us!",
        "The horse deserves a lane.",
        "How much?",
        "Mine did that until I tightened the {part}.",
        "Which pace is “slow”?",
    ],
};

pub(super) const WALKS: Topic = Topic {
    once: &[
        "We did the whole of the ridge path with my father, who is 84. He was faster than I was and told me so, in the first hour at the bench, in the second at the hut, and for the rest of the way home. A warm wind, rye bread from the bakery, swifts over the water. A day to keep.",
        "Met a man on the river meadow who has walked there every morning since 1987. He has written down all the birds. He let me hold the book.",
    ],
    parts: &[
        "{walk} this morning, {weather}, nobody there but {animal}.|No photo. You had to be there.",
        "Saw {animal} from the bridge.|I stood there until my tea was cold.",
        "Walk on {day} {time}: {walk}.|About three hours, good shoes, dogs welcome.|We turn back if it pours.",
        "{weather}. I love this town.",
        "The path from {street} up to {walk} is open again.|Thank you to whoever cut the brambles.",
        "One sees {animal} at the pond behind {place} these days.|Go in the evening, be quiet, bring a child.",
        "Went out for ten minutes and came back after three hours.|It was {walk}’s fault.",
        "Does anybody know what this is? Small, brown, sings like an alarm clock.|I heard it on {walk}, around five in the morning. Don’t ask.",
        "Found the first mushrooms of the year.|{walk}. I’m not saying where.",
    ],
    comments: &[
        "I saw them, too!",
        "Joining, with the dog.",
        "It’s magical there in the evening.",
        "How are the paths, very muddy?",
        "Cold tea was worth it.",
        "A wren, I’d say.",
    ],
};

pub(super) const BOOKS: Topic = Topic {
    once: &[
        "The library has a shelf for swapping now. I left two and took six. That isn’t how it works, I know.",
        "I have just returned a book to the library that my mother borrowed in 1979. They were very kind about it. She will be relieved.",
    ],
    parts: &[
        "Finished {book} on the train and missed my stop.|Recommended.|The next one was nice, too.",
        "Book club on {day} {time} in {place}. We read {book}.|Having read it is optional, as always.|There will be {dish}.",
        "I’m on page {page} of {book} and waiting for it to start.|Should I go on?",
        "My daughter has read {book} twice and can’t be reached before {day}.|She eats, if one puts it next to the book.",
        "What do you read when you can’t sleep?|I need something long and kind.",
        "Who has my copy of {book}?|No hurry, but I know that it’s one of you.",
        "Read {book} aloud to the whole family.|Even the dog listened.|We are one chapter before the end and nobody dares.",
        "Does {book} have a happy end?|Just yes or no.",
    ],
    comments: &[
        "Go on! It gets better.",
        "I’m bringing it back on {day}, promise.",
        "{book}. Long and kind.",
        "I cried on the bus.",
        "I’ve only seen the film, may I come?",
        "Put it down, life is short.",
    ],
};

pub(super) const DAYS: Topic = Topic {
    once: &[
        "Today I said “you too” to the person who sold me a cinema ticket.",
        "Small victory: the form was the right form.",
        "Who else is awake?",
        "First day at the new job. They have a plant called Kevin and a printer that nobody talks about.",
        "She said yes!",
        "The doctor says that I may dance again. Be warned.",
        "Thirty years of marriage today. He gave me a head torch. I gave him a head torch.",
    ],
    parts: &[
        "Good morning from {street}.|Coffee, {weather}, and nothing to do until ten.",
        "I needed {number} things from the shop and remembered one.|It was the {crop}.",
        "Is it {day} already?|I had plans for the days before.",
        "Moved a wardrobe today, with {number} friends and one opinion each.|It stands. It doesn’t open, but it stands.",
        "The train was on time. I was not.|There was {dish} at the station, so it doesn’t matter.",
        "My grandson beat me at chess.|He is six. I taught him. I have only myself to blame.",
        "Learned a new word today and used it wrongly at once.",
        "Sat in front of {place} for an hour and talked to everybody who came by.|I recommend it.",
        "The power of a nap: underrated.|That’s all, carry on.",
        "{weather}, and all the windows open.|How are you all?",
    ],
    comments: &[
        "Good morning!",
        "You too.",
        "Me.",
        "Happens to me every {day}.",
        "Fine, thank you for asking!",
        "This made me laugh out loud.",
        "Wise words.",
    ],
};
