extension OTBList {
  /// One line a target: name, folder, annotation file (`rect` for `groundtruth_rect.txt`), first and last image number,
  /// digits of the file names, lists it belongs to besides otb100, attributes.
  ///
  /// Names, ranges and lists are those of jwlim/tracker_benchmark (`data/tb_100.txt`, `tb_50.txt`, `cvpr13.txt`) and of the
  /// MATLAB toolkit's `configSeqs.m`, but for the digits of Board (quirk Q9); attributes are those of the MATLAB toolkit,
  /// equal to pysot's. The benchmark's web site says otherwise for 14 sequences (metrics reference, 1.5).
  static let table = """
    Basketball Basketball rect 1 725 4 50+2013 IV OPR OCC DEF BC
    Biker Biker rect 1 142 4 50 OPR SV OCC MB FM OV LR
    Bird1 Bird1 rect 1 408 4 50 DEF FM OV
    Bird2 Bird2 rect 1 99 4 - OPR OCC DEF FM IPR
    BlurBody BlurBody rect 1 334 4 50 SV DEF MB FM IPR
    BlurCar1 BlurCar1 rect 247 988 4 - MB FM
    BlurCar2 BlurCar2 rect 1 585 4 50 SV MB FM
    BlurCar3 BlurCar3 rect 3 359 4 - MB FM
    BlurCar4 BlurCar4 rect 18 397 4 - MB FM
    BlurFace BlurFace rect 1 493 4 50 MB FM IPR
    BlurOwl BlurOwl rect 1 631 4 50 SV MB FM IPR
    Board Board rect 1 698 5 - OPR SV MB FM OV BC
    Bolt Bolt rect 1 350 4 50+2013 OPR OCC DEF IPR
    Bolt2 Bolt2 rect 1 293 4 - DEF BC
    Box Box rect 1 1161 4 50 IV OPR SV OCC MB IPR OV BC
    Boy Boy rect 1 602 4 2013 OPR SV MB FM IPR
    Car1 Car1 rect 1 1020 4 50 IV SV BC LR
    Car2 Car2 rect 1 913 4 - IV BC
    Car24 Car24 rect 1 3059 4 - IV SV BC
    Car4 Car4 rect 1 659 4 50+2013 IV SV
    CarDark CarDark rect 1 393 4 50+2013 IV BC
    CarScale CarScale rect 1 252 4 50+2013 OPR SV OCC FM IPR
    ClifBar ClifBar rect 1 472 4 50 SV OCC MB FM IPR OV BC
    Coke Coke rect 1 291 4 2013 IV OPR OCC FM IPR
    Couple Couple rect 1 140 4 50+2013 OPR SV DEF FM BC
    Coupon Coupon rect 1 327 4 - OCC BC
    Crossing Crossing rect 1 120 4 2013 SV DEF BC
    Crowds Crowds rect 1 347 4 50 IV DEF BC
    Dancer Dancer rect 1 225 4 - OPR SV DEF IPR
    Dancer2 Dancer2 rect 1 150 4 - DEF
    David David rect 300 770 4 50+2013 IV OPR SV OCC DEF MB IPR
    David2 David2 rect 1 537 4 2013 OPR IPR
    David3 David3 rect 1 252 4 2013 OPR OCC DEF BC
    Deer Deer rect 1 71 4 50+2013 MB FM IPR BC
    Diving Diving rect 1 215 4 50 SV DEF IPR
    Dog Dog rect 1 127 4 - OPR SV DEF
    Dog1 Dog1 rect 1 1350 4 2013 OPR SV IPR
    Doll Doll rect 1 3872 4 2013 IV OPR SV OCC IPR
    DragonBaby DragonBaby rect 1 113 4 50 OPR SV OCC MB FM IPR OV
    Dudek Dudek rect 1 1145 4 50+2013 OPR SV OCC DEF FM IPR OV BC
    FaceOcc1 FaceOcc1 rect 1 892 4 2013 OCC
    FaceOcc2 FaceOcc2 rect 1 812 4 2013 IV OPR OCC IPR
    Fish Fish rect 1 476 4 2013 IV
    FleetFace FleetFace rect 1 707 4 2013 OPR SV DEF MB FM IPR
    Football Football rect 1 362 4 50+2013 OPR OCC IPR BC
    Football1 Football1 rect 1 74 4 2013 OPR IPR BC
    Freeman1 Freeman1 rect 1 326 4 2013 OPR SV IPR
    Freeman3 Freeman3 rect 1 460 4 2013 OPR SV IPR LR
    Freeman4 Freeman4 rect 1 283 4 50+2013 OPR SV OCC IPR LR
    Girl Girl rect 1 500 4 50+2013 OPR SV OCC IPR
    Girl2 Girl2 rect 1 1500 4 - OPR SV OCC DEF MB
    Gym Gym rect 1 767 4 - OPR SV DEF IPR
    Human2 Human2 rect 1 1128 4 - IV OPR SV MB
    Human3 Human3 rect 1 1698 4 50 OPR SV OCC DEF BC
    Human4-2 Human4 rect.2 1 667 4 50 IV SV OCC DEF
    Human5 Human5 rect 1 713 4 - SV OCC DEF
    Human6 Human6 rect 1 792 4 50 OPR SV OCC DEF FM OV
    Human7 Human7 rect 1 250 4 - IV SV OCC DEF MB FM
    Human8 Human8 rect 1 128 4 - IV SV DEF
    Human9 Human9 rect 1 305 4 50 IV SV DEF MB FM
    Ironman Ironman rect 1 166 4 50+2013 IV OPR SV OCC MB FM IPR OV BC
    Jogging-1 Jogging rect.1 1 307 4 2013 OPR OCC DEF
    Jogging-2 Jogging rect.2 1 307 4 2013 OPR OCC DEF
    Jump Jump rect 1 122 4 50 OPR SV OCC DEF MB IPR
    Jumping Jumping rect 1 313 4 50+2013 MB FM
    KiteSurf KiteSurf rect 1 84 4 - IV OPR OCC IPR
    Lemming Lemming rect 1 1336 4 2013 IV OPR SV OCC FM OV
    Liquor Liquor rect 1 1741 4 50+2013 IV OPR SV OCC MB FM OV BC
    Man Man rect 1 134 4 - IV
    Matrix Matrix rect 1 100 4 50+2013 IV OPR SV OCC FM IPR BC
    Mhyang Mhyang rect 1 1490 4 2013 IV OPR DEF BC
    MotorRolling MotorRolling rect 1 164 4 50+2013 IV SV MB FM IPR BC
    MountainBike MountainBike rect 1 228 4 2013 OPR IPR BC
    Panda Panda rect 1 1000 4 50 OPR SV OCC DEF IPR OV LR
    RedTeam RedTeam rect 1 1918 4 50 OPR SV OCC IPR LR
    Rubik Rubik rect 1 1997 4 - OPR SV OCC IPR
    Shaking Shaking rect 1 365 4 50+2013 IV OPR SV IPR BC
    Singer1 Singer1 rect 1 351 4 2013 IV OPR SV OCC
    Singer2 Singer2 rect 1 366 4 50+2013 IV OPR DEF IPR BC
    Skater Skater rect 1 160 4 - OPR SV DEF IPR
    Skater2 Skater2 rect 1 435 4 - OPR SV DEF FM IPR
    Skating1 Skating1 rect 1 400 4 50+2013 IV OPR SV OCC DEF BC
    Skating2-1 Skating2 rect.1 1 473 4 50 OPR SV OCC DEF FM
    Skating2-2 Skating2 rect.2 1 473 4 50 OPR SV OCC DEF FM
    Skiing Skiing rect 1 81 4 50+2013 IV OPR SV DEF IPR LR
    Soccer Soccer rect 1 392 4 50+2013 IV OPR SV OCC MB FM IPR BC
    Subway Subway rect 1 175 4 2013 OCC DEF BC
    Surfer Surfer rect 1 376 4 50 OPR SV FM IPR LR
    Suv Suv rect 1 945 4 2013 OCC IPR OV
    Sylvester Sylvester rect 1 1345 4 50+2013 IV OPR IPR
    Tiger1 Tiger1 rect 6 354 4 2013 IV OPR OCC DEF MB FM IPR
    Tiger2 Tiger2 rect 1 365 4 50+2013 IV OPR OCC DEF MB FM IPR OV
    Toy Toy rect 1 271 4 - OPR SV FM IPR
    Trans Trans rect 1 124 4 - IV SV OCC DEF
    Trellis Trellis rect 1 569 4 50+2013 IV OPR SV IPR BC
    Twinnings Twinnings rect 1 472 4 - OPR SV
    Vase Vase rect 1 271 4 - SV FM IPR
    Walking Walking rect 1 412 4 50+2013 SV OCC DEF LR
    Walking2 Walking2 rect 1 500 4 50+2013 SV OCC
    Woman Woman rect 1 597 4 50+2013 IV OPR SV OCC DEF MB FM
    """
}
