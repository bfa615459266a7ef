extension UAV123List {
  /// One line a target: name, folder of its pictures (`-` for one of the target's own name), numbers of the first and the
  /// last picture, attributes. From the benchmark's `configSeqs.m` and `att`.
  static let table = """
    bike1 - 1 3085 SV ARC FM IV VC CM SOB
    bike2 - 1 553 SV ARC LR FOC POC BC IV
    bike3 - 1 433 SV LR POC
    bird1_1 bird1 1 253 SV ARC LR FM FOC POC OV
    bird1_2 bird1 775 1477 SV ARC LR FM FOC POC OV
    bird1_3 bird1 1573 2437 SV ARC LR FM FOC POC OV CM
    boat1 - 1 901 SV
    boat2 - 1 799 SV
    boat3 - 1 901 SV ARC VC
    boat4 - 1 553 SV ARC IV VC
    boat5 - 1 505 SV ARC VC
    boat6 - 1 805 SV
    boat7 - 1 535 SV ARC FM VC CM
    boat8 - 1 685 SV ARC LR VC
    boat9 - 1 1399 SV ARC LR POC VC
    building1 - 1 469 
    building2 - 1 577 SV
    building3 - 1 829 SV SOB
    building4 - 1 787 
    building5 - 1 481 CM
    car10 - 1 1405 SV POC SOB
    car11 - 1 337 SV LR FOC POC VC CM SOB
    car12 - 1 499 SV ARC LR FOC POC VC SOB
    car13 - 1 415 SV LR CM
    car14 - 1 1327 SV ARC LR FOC POC OV VC CM
    car15 - 1 469 SV ARC LR POC SOB
    car16_1 car16 1 415 SV LR FM POC OV VC CM
    car16_2 car16 415 1993 SV ARC FM VC CM
    car17 - 1 1057 SV ARC LR VC CM
    car18 - 1 1207 SV ARC FM VC CM
    car1_1 car1 1 751 SV CM SOB
    car1_2 car1 751 1627 SV ARC LR FOC POC VC CM SOB
    car1_3 car1 1627 2629 SV ARC FOC POC OV VC SOB
    car1_s - 1 1475 SV ARC FM POC OV IV VC CM
    car2 - 1 1321 SV ARC LR FOC POC OV CM SOB
    car2_s - 1 320 SV FM POC IV VC CM
    car3 - 1 1717 SV LR POC OV CM SOB
    car3_s - 1 1300 SV FM POC IV VC CM
    car4 - 1 1345 SV ARC LR POC CM SOB
    car4_s - 1 830 SV ARC FM IV VC CM
    car5 - 1 745 SV
    car6_1 car6 1 487 SV
    car6_2 car6 487 1807 SV ARC POC OV VC CM
    car6_3 car6 1807 2953 SV ARC IV VC SOB
    car6_4 car6 2953 3925 SV IV VC CM SOB
    car6_5 car6 3925 4861 SV ARC POC OV VC CM
    car7 - 1 1033 SV ARC FOC POC VC SOB
    car8_1 car8 1 1357 SV ARC POC OV VC CM SOB
    car8_2 car8 1357 2575 SV IV SOB
    car9 - 1 1879 SV ARC LR FM POC CM SOB
    group1_1 group1 1 1333 SV POC SOB
    group1_2 group1 1333 2515 SV POC SOB
    group1_3 group1 2515 3925 SV ARC LR POC VC CM SOB
    group1_4 group1 3925 4873 SV ARC POC IV VC CM SOB
    group2_1 group2 1 907 SV ARC FOC POC BC VC CM SOB
    group2_2 group2 907 1771 SV FOC POC VC CM SOB
    group2_3 group2 1771 2683 SV ARC LR FOC POC BC IV VC CM SOB
    group3_1 group3 1 1567 SV ARC LR POC SOB
    group3_2 group3 1567 2827 SV ARC LR FOC POC BC IV CM SOB
    group3_3 group3 2827 4369 SV ARC POC BC CM SOB
    group3_4 group3 4369 5527 SV ARC LR FOC POC BC IV CM SOB
    person1 - 1 799 CM
    person10 - 1 1021 SV FOC POC OV VC CM SOB
    person11 - 1 721 SV ARC POC VC SOB
    person12_1 person12 1 601 BC IV VC CM
    person12_2 person12 601 1621 SV ARC FOC POC IV CM
    person13 - 1 883 POC BC IV VC
    person14_1 person14 1 847 SV ARC LR FOC POC BC CM
    person14_2 person14 847 1813 BC CM
    person14_3 person14 1813 2923 POC OV BC VC CM
    person15 - 1 1339 SV POC SOB
    person16 - 1 1147 SV ARC FOC POC BC IV CM
    person17_1 person17 1 1501 SV ARC FOC POC IV
    person17_2 person17 1501 2347 SV ARC POC BC IV CM
    person18 - 1 1393 SV ARC POC OV VC CM
    person19_1 person19 1 1243 SV ARC FM FOC POC OV CM
    person19_2 person19 1243 2791 SV ARC FM FOC POC OV CM
    person19_3 person19 2791 4357 SV ARC LR FM FOC POC OV VC CM SOB
    person1_s - 1 1600 SV FM POC IV VC CM
    person20 - 1 1783 SV ARC POC OV VC CM SOB
    person21 - 1 487 SV ARC LR POC BC IV VC SOB
    person22 - 1 199 SV LR VC
    person23 - 1 397 SV FM CM
    person2_1 person2 1 1189 CM
    person2_2 person2 1189 2623 POC OV CM
    person2_s - 1 250 
    person3 - 1 643 SV CM
    person3_s - 1 505 SV ARC FM POC OV IV CM
    person4_1 person4 1 1501 SV POC OV CM SOB
    person4_2 person4 1501 2743 SV CM
    person5_1 person5 1 877 SV VC
    person5_2 person5 877 2101 VC
    person6 - 1 901 VC CM
    person7_1 person7 1 1249 SV ARC FM FOC POC OV VC CM
    person7_2 person7 1249 2065 SV ARC FM POC OV VC CM
    person8_1 person8 1 1075 SV ARC FM FOC POC OV CM
    person8_2 person8 1075 1525 SV ARC POC OV
    person9 - 1 661 SV ARC FOC POC OV VC CM SOB
    truck1 - 1 463 SV ARC POC VC
    truck2 - 1 385 SV ARC LR POC
    truck3 - 1 535 LR POC BC
    truck4_1 truck4 1 577 SV LR POC
    truck4_2 truck4 577 1261 SV LR POC VC
    uav1_1 uav1 1 1555 SV ARC LR FOC POC OV BC IV VC CM
    uav1_2 uav1 1555 2377 SV ARC LR FOC POC OV BC IV VC
    uav1_3 uav1 2473 3469 SV ARC LR FM FOC POC OV BC IV VC CM
    uav2 - 1 133 SV LR FOC POC
    uav3 - 1 265 SV LR FM CM
    uav4 - 1 157 SV LR SOB
    uav5 - 1 139 SV LR BC
    uav6 - 1 109 SV LR FM FOC POC CM SOB
    uav7 - 1 373 SV LR FOC POC BC
    uav8 - 1 301 SV LR BC IV
    wakeboard1 - 1 421 SV ARC IV
    wakeboard10 - 1 469 SV LR
    wakeboard2 - 1 733 SV ARC FM VC CM
    wakeboard3 - 1 823 SV ARC LR VC CM
    wakeboard4 - 1 697 SV ARC VC
    wakeboard5 - 1 1675 SV ARC LR FM POC IV VC CM
    wakeboard6 - 1 1165 SV ARC LR FM IV VC CM
    wakeboard7 - 1 199 SV ARC VC
    wakeboard8 - 1 1543 SV ARC LR IV VC CM
    wakeboard9 - 1 355 SV LR CM
    """
}
