/// Names of the sequences of two years of the challenge, in the order of their `list.txt`.
enum VOTLists {
  static let vot2018 = names(
    """
    ants1 ants3 bag ball1 ball2 basketball birds1 blanket bmx bolt1 bolt2 book butterfly car1 conduction1 crabs1
    crossing dinosaur drone_across drone_flip drone1 fernando fish1 fish2 fish3 flamingo1 frisbee girl glove
    godfather graduate gymnastics1 gymnastics2 gymnastics3 hand handball1 handball2 helicopter iceskater1 iceskater2
    leaves matrix motocross1 motocross2 nature pedestrian1 rabbit racing road shaking sheep singer2 singer3 soccer1
    soccer2 soldier tiger traffic wiper zebrafish1
    """)

  static let vot2019 = names(
    """
    agility ants1 ball2 ball3 basketball birds1 bolt1 book butterfly car1 conduction1 crabs1 dinosaur dribble drone1
    drone_across drone_flip fernando fish1 fish2 flamingo1 frisbee girl glove godfather graduate gymnastics1
    gymnastics2 gymnastics3 hand hand2 handball1 handball2 helicopter iceskater1 iceskater2 lamb leaves marathon
    matrix monkey motocross1 nature pedestrian1 polo rabbit rabbit2 road rowing shaking singer2 singer3 soccer1
    soccer2 soldier surfing tiger wheel wiper zebrafish1
    """)

  private static func names(_ text: String) -> [String] { text.split { $0.isWhitespace }.map(String.init) }
}
