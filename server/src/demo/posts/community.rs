use super::Topic;

pub(super) const CHOIR: Topic = Topic {
    once: &[
        "I have sung with this choir for ten years today. Thank you for putting up with my vowels.",
        "Concert is on Saturday at seven, in the parish hall. Wear black, bring a torch, and please tell your neighbours.\n\nAfterwards there is soup. If you can bring bread, write below so that we don’t end up with eleven baguettes again.",
        "We raised 612 for the roof! Six hundred for the singing, twelve for promising to stop.",
        "Somebody has written “breathe!” into all forty copies of the Fauré, in pencil, by hand. Whoever you are, I breathe.",
    ],
    parts: &[
        "Choir on {day} {time} as usual, in {place}.|We start with {song}, so warm up on the way.|Bring a pencil. Yes, you.|There will be {dish} in the break.",
        "The {voice} were glorious last night.|I went home humming and woke up with it.|The {voice} know what I mean.",
        "Does anybody have a spare copy of {song}?|Mine went through the wash.|I’ll say thank you with {dish}.",
        "We need {number} more {voice} for the summer concert.|You don’t have to read music, you only have to turn up.|{day}s, {time}, {place}.",
        "Recorded our rehearsal of {song} on my phone.|We are flat in bar twelve and wonderful everywhere else.|Ask me for it, but don’t show it to anybody.",
        "No choir on {day}, the hall is taken.|Sing at home. Your neighbours will understand.|We go on a week later with {song}.",
        "I can’t get {song} out of my head.|It’s been three days.|My boss has started to whistle it.",
        "First try of {song} yesterday.|We got to page two.|It will be beautiful, in a year or so.",
        "New rule from our conductor: whoever is late sings alone.|I have never seen so many people on time.|The {voice} had to be told twice.",
        "Is anybody driving to choir on {day}?|I could be at the corner of {street}.|I sing quietly in cars.",
    ],
    comments: &[
        "Count me in.",
        "I have one, will bring it on {day}.",
        "The {voice} never get a word of praise, so thank you!",
        "Bar twelve is cursed.",
        "My mother is coming, so no mistakes please.",
        "I can bring bread.",
        "Still humming it.",
    ],
};

pub(super) const SCHOOL: Topic = Topic {
    once: &[
        "Parents’ evening, in short:\n\n– the new timetable starts after the holidays\n– class 4a gets the room with the piano\n– the bike stand will be repaired, this time for good\n– we still need somebody who can write minutes better than I do",
        "My son explained fractions to me with plum cake today. I finally understand them, and we have no dessert.",
        "The science fair was chaos and I loved every minute. My favourite: how long bread takes to grow mould, with a control group.",
        "A letter to the tooth fairy, as dictated: “It fell down the sink. You can ask my brother. I want the money anyway.”",
    ],
    parts: &[
        "{class} is looking for two parents to come along to the swimming pool on {schoolday}.|Lunch is on us.|Grandparents are welcome, too.",
        "Reminder: school photo for {class} on {schoolday}.|No, they don’t have to smile.|Combs are at the office.",
        "Does anybody have last year’s reading list for {class}?|The website gives me a recipe for {dish} instead. Really.|Ours has been eaten by a rabbit.",
        "Lost at school: {lost}.|It sits on the windowsill by the office and looks sad.",
        "The walking bus along {street} needs one more grown-up on {schoolday}s.|You get a yellow vest and all the gossip of {class}.|It takes twenty minutes, and one is awake afterwards.",
        "The flea market for {class} is on {day} {time}.|The proceeds go to the trip in spring.|We take everything but soft toys. We have all of the soft toys.",
        "{class} sells {dish} in the break on {schoolday}.|Please bring coins.|Last time it was gone in four minutes.",
        "Homework for {class}: find out who lived on {street} a hundred years ago.|If you have old photos, we would love to see them.|Ours found out that it was a circus.",
        "No school on {schoolday}!|Did everybody but me know that?|Whoever wants to bring a child to {place}: we’re there from ten on.",
        "What does one wear to a school play as a tree?|I’m asking for a friend who is seven.|Last year’s cloud costume is still to be had in exchange.",
    ],
    comments: &[
        "I can come along.",
        "That’s ours!",
        "We still have one, I’ll bring it.",
        "I did not know that either.",
        "Is it the same room as last year?",
        "Ours is a mushroom. Let’s talk.",
        "Thank you for taking care of this.",
    ],
};

pub(super) const FOOTBALL: Topic = Topic {
    once: &[
        "Match report. First half: we defended. Second half: we remembered that there are two goals. 3–2, and nobody is more surprised than I am.",
        "Thank you to everyone who washed the shirts this season. Next year we really do take turns.",
        "The referee is my dentist. I have decided to be very polite on the pitch.",
    ],
    parts: &[
        "{score}! {team} played as if somebody had promised them ice cream.|Somebody had.|The last ten minutes were art.",
        "Training on {day} moves to {time}, the pitch is under water.|Bring dry socks. Bring many dry socks.",
        "{team} need a goalkeeper.|Requirements: a pulse.|Gloves are provided.",
        "{score} in the rain.|I can’t feel my feet and I’d do it again tomorrow.|Thank you for the tea at half-time, whoever you were.",
        "Does anybody fit boots in size {size}?|Ours have been worn for exactly one growth spurt.",
        "{team} play on {day} {time}, at home.|Come and shout, it helps.|There’s {dish} afterwards, as always.",
        "We are looking for somebody to drive {team} on {day}.|Seven seats, strong nerves.|They do sing.",
        "{score}, and the second goal was a work of art.|Ask anybody. They will all tell you that they passed the ball.",
        "Who has the key to the changing room?|{team} got changed behind a hedge today.",
    ],
    comments: &[
        "What a game!",
        "I was there and I still don’t understand it.",
        "I have a pulse.",
        "The shirts are at my place.",
        "Who scored?",
        "Bring a boat, then.",
        "Proud of them.",
    ],
};

pub(super) const NEIGHBOURS: Topic = Topic {
    once: &[
        "New on Linden Street since Saturday. We are two grown-ups, one baby and far too many boxes, and somebody has already left a plum cake at our door. What a place.",
        "Who else heard that noise at three in the morning? I went out in my slippers. It was the hedgehog. He was eating from the cat’s bowl and did not even look up.",
        "Thank you all for the messages. My mother is home again and already complaining about the tea. That’s how we know.",
        "The library is a hundred years old today. Happy birthday, you draughty old thing!",
    ],
    parts: &[
        "Does anybody have a {thing} that I could borrow until {day}?|I’ll bring it back with {dish}.|Mine has given up.",
        "Found on {street}: {lost}.|I have put it on the fence where one can see it.",
        "Lost: {lost}, somewhere between {street} and {place}.|Small reward, large gratitude.|It was a present.",
        "To give away: a {thing}.|Works, is only ugly.|We’re at home until {day}.",
        "The street party needs {number} more tables.|And somebody who understands extension cables.|So far we have eleven cakes and one salad.",
        "Power is back on {street}.|We had candles and {dish}, and the children are disappointed that it’s over.",
        "Is it only us, or is the water on {street} brown?|Tea tastes the same, which makes one think.",
        "They are digging up {street} again from {day}.|Please tell those who aren’t here yet.|If they find the treasure this time, we share.",
        "Could somebody water our {plant} from {day}?|It’s just for a week.|You may eat whatever is ripe in the meantime.",
        "Market on {day} {time} at {place}.|The cheese man is back.|Come early, the {crop} go first.",
        "A parcel for number 14 has been living with us since {day}.|The children are certain that it’s a dog.",
    ],
    comments: &[
        "You can have ours, ring any time.",
        "That’s mine, thank you so much!",
        "I understand extension cables, if that helps.",
        "Here, too.",
        "We have two tables.",
        "It’s been there since {day}, I think.",
        "Still to be had?",
    ],
};

pub(super) const REPAIRS: Topic = Topic {
    once: &[
        "We repaired 31 things this month and gave up on four. The four are now one thing that does something. We don’t know what.",
        "A gentleman of 91 brought the radio on which he heard the moon landing. It plays again. I had something in my eye.",
    ],
    parts: &[
        "Repair café on {day} {time}, {place}.|Worst case, we learn something and there’s {dish}.|Please don’t bring microwaves.",
        "My {broken} works again!|Thank you, kind stranger with the soldering iron.|It was the fuse. It is always the fuse.",
        "Before you throw away your {broken}: bring it on {day}.|We have patience and small screwdrivers.|Children may hold the torch.",
        "Looking for somebody who can explain to me what’s wrong with a {broken} without laughing.|It makes a noise like a duck.",
        "Saved on {day}: a {broken}, a zip and one marriage.|Eleven people, four tables, no burns.",
        "Does anybody have the manual of a {broken}?|It’s older than I am and in better shape.",
        "I took a {broken} apart.|I have {number} screws left.|It works better than before. I’m not asking.",
    ],
    comments: &[
        "You are heroes.",
        "I’ll bring my {broken}.",
        "We only laughed a little.",
        "What does it do?",
        "Do you do bikes, too?",
        "Is there a queue?",
    ],
};

pub(super) const KITCHEN: Topic = Topic {
    once: &[
        "Plum cake, the way my grandmother wrote it down:\n\n“Take enough flour. Add butter until it is right. Bake.”\n\nI have tried it eight times now, and it is the cardamom. She never told anybody.",
        "Sourdough is resting, I am not. Who can take over a very lively starter while we’re away?",
        "Lentil soup for forty, for whoever wants to know:\n\n3 kg brown lentils, soaked\n2 kg carrots, 1 kg celery, 1 kg onions\na whole bulb of garlic, bay leaves, thyme\nstock until the spoon swims\n\nVinegar at the very end. It feeds forty, or one football team.",
    ],
    parts: &[
        "Made {dish} for eleven people.|The secret is {secret}.|There is none left, don’t ask.",
        "Whoever brought the {dish} to {place}: recipe, please, or I’ll find you.|I have eliminated half of the suspects.",
        "Tried {dish} with {crop} from the garden.|The children ate it without a word. I’m still shaken.|Next time with {secret}.",
        "Unpopular opinion: {dish} is better on the second day.|I said what I said.",
        "Does anybody have a really big pot?|I have promised {dish} to forty people by {day}.|Help with the peeling is welcome, too.",
        "My {dish} looks like a map of Norway.|It tastes of Italy, though.",
        "What do you do with two kilos of {crop}?|We have had them as soup, as cake and as a centrepiece.",
        "{dish} is in the oven.|I’m not saying that anybody should come by. I’m just saying.",
        "Who taught my children that {dish} is a breakfast?|I’m not cross. I’m hungry.",
        "Cooking together on {day} {time}, in {place}: {dish}.|Everybody brings a knife and a story.|Beginners peel.",
    ],
    comments: &[
        "Please write it down!",
        "Second day, always.",
        "I’ll swap you for {dish}.",
        "My grandmother did it the same way.",
        "Norway is beautiful.",
        "Have you tried {secret}?",
        "Is there any left?",
    ],
};
