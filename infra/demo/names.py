"""Forenames and surnames from which invented people are put together.

They are ordinary names of many origins in England and Wales, combined by chance. Nobody is meant;
whoever carries such a name shares it with an invention.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.codes import EthnicityGroup, Sex

Names = tuple[str, ...]


def _split(text: str) -> Names:
    return tuple(text.split())


_WHITE_SURNAMES: Final = _split(
    "Ackroyd Allsopp Ashdown Babbage Beckwith Birtles Blenkinsop Bracegirdle Bramhall Brierley "
    "Broadhurst Butterworth Cadwallader Catchpole Clutterbuck Copestake Crabtree Cuthbertson "
    "Dalrymple Dewhurst Drinkwater Eastwell Entwistle Fairbrother Fazackerley Featherstone "
    "Fothergill Garside Gathercole Goodacre Greenhalgh Grimshaw Hardcastle Hebblethwaite "
    "Hollingworth Holdsworth Inchbald Jessop Kitchener-Lowe Ladbrooke Lethbridge Longbottom "
    "Micklethwaite Mossop Nettleship Oakeshott Ollerenshaw Pickersgill Postlethwaite Quarmby "
    "Ramsbottom Rowbotham Satterthwaite Shufflebotham Sidebottom Smallbone Sowerby Tattersall "
    "Thistlethwaite Tunnicliffe Uttley Verrall Wainscott Wigglesworth Winterbottom Yardley "
    "Brannigan Cassidy-Holt Devaney Gallacher McAllister-Dunn O'Shaughnessy Kowalczyk Wisniewska "
    "Dumitrescu Petrauskas",
)

WELSH_SURNAMES: Final = _split(
    "Ap-Rhys Bebb Beynon Bowen-Pugh Cadogan Eynon Gethin Gwynne Havard Hopcyn Iorwerth Llywelyn "
    "Maddocks Meredydd Nanney Penhallow-Rees Prosser Prydderch Treharne Tudor-Bevan Vaughan-Ellis "
    "Wynne-Parry",
)

SURNAMES: Final[Mapping[EthnicityGroup, Names]] = {
    EthnicityGroup.WHITE: _WHITE_SURNAMES,
    EthnicityGroup.ASIAN: _split(
        "Ahluwalia Akhtar-Shah Bandyopadhyay Bhattacharjee Chaudhry Deshmukh Dhaliwal "
        "Fernando-Silva Gunawardena Hoque Iyengar Jagpal Karunaratne Kaushal Lodhi Miah-Choudhury "
        "Nadarajah Pathmanathan Qureshi-Malik Rahimtoola Sandhawalia Talukdar Uppal Vaghela "
        "Wong-Lam Xu-Harding Yousafzada Zaheer",
    ),
    EthnicityGroup.BLACK: _split(
        "Abiodun-Cole Achebe-Jones Adjei-Mensah Agyapong Balogun-Reid Braithwaite-King Chukwuemeka "
        "Dacosta-Grant Danquah Ekwueme Falade Gyamfi Hamilton-Osei Igwe Jallow Kamara-Bright "
        "Lewinson Mbatha Ndlovu-Price Nwachukwu Odumosu Ofori-Atta Pinnock Quashie Sesay Tekle "
        "Udoh Walcott-Lane",
    ),
    EthnicityGroup.MIXED: _split(
        "Adeyemi-Clarke Bassett-Khan Campbell-Singh Delacroix-Webb Fontaine Gordon-Patel "
        "Hussain-Marsh Joseph-Lee Laurent-Boyle Marlowe Nkrumah-Stone Ortega-Finch Pereira "
        "Ramirez-Dodd St-Clair Thompson-Yeboah Valentine-Roy Winchester-Diallo",
    ),
    EthnicityGroup.OTHER: _split(
        "Abdi-Hassan Al-Tamimi Barzani-Fox Demirel Farahani Haddadin Karimzadeh Lindo-Reyes "
        "Mansouri Navarrete Ozturkmen Tesfamariam Yildizhan Zerihun",
    ),
    EthnicityGroup.NOT_STATED: _split(
        "Ambler Brook Calloway Denby Ellery Farrow Gale Hollis Ingle Jarrow Kember Lisle",
    ),
}

FORENAMES: Final[Mapping[Sex, Mapping[EthnicityGroup, Names]]] = {
    Sex.MALE: {
        EthnicityGroup.WHITE: _split(
            "Aaron Adam Ashley Barry Bradley Callum Carl Connor Craig Curtis Damian Darren Dean "
            "Declan Dominic Elliot Gareth Gavin Glenn Howard Jake Jordan Keith Kieran Kyle Lee "
            "Leon Lewis Liam Luke Marcus Nathan Neil Owen Patrick Reece Rhys Ross Ryan Scott "
            "Shane Stephen Terence Tomasz Wayne Zak",
        ),
        EthnicityGroup.ASIAN: _split(
            "Amir Arjun Bilal Chen Dilip Faisal Gurpreet Hamza Imran Jaspal Kamran Mahmud Naveed "
            "Omar Pradeep Rashid Sanjay Tariq Usman Vikram Waqar Yusuf",
        ),
        EthnicityGroup.BLACK: _split(
            "Abdoulaye Andre Chidi Courtney Delroy Emeka Everton Femi Germaine Isaiah Jerome "
            "Kofi Kwame Lamar Malachi Nathaniel Olu Reuben Samuel Tyrone Winston Zion",
        ),
        EthnicityGroup.MIXED: _split(
            "Ali Carlos Dante Elijah Finlay Isaac Jamal Joel Kane Louis Mason Noah Rafael Tobias",
        ),
        EthnicityGroup.OTHER: _split("Aram Behrouz Cem Dawit Farid Hamid Karwan Majid Rezan Yonas"),
        EthnicityGroup.NOT_STATED: _split("Alex Chris Daniel James Mark Paul Robin Sam"),
    },
    Sex.FEMALE: {
        EthnicityGroup.WHITE: _split(
            "Abigail Amanda Beth Carly Chelsea Danielle Donna Ffion Gemma Hayley Jade Joanne "
            "Kayleigh Kerry Leanne Lindsey Megan Michelle Natalie Paula Rhian Sharon Siân Stacey "
            "Tanya Zofia",
        ),
        EthnicityGroup.ASIAN: _split("Amina Farah Harpreet Kiran Meera Nazia Priya Saima Yan"),
        EthnicityGroup.BLACK: _split("Abena Blessing Chantelle Folake Marcia Ngozi Ruth Yvette"),
        EthnicityGroup.MIXED: _split("Aisha Bianca Ebony Jasmine Keisha Maya Naomi Simone"),
        EthnicityGroup.OTHER: _split("Azadeh Helen Leyla Rojin Selam Shirin"),
        EthnicityGroup.NOT_STATED: _split("Alex Jamie Jo Kim Nicola Sam"),
    },
}
