"""How a part family is made: process, hours, headroom, recovery, where outside suppliers stand. Judgement (J)."""

# Headroom is over the mean of the busiest year. The busiest month is about 1.25 times the mean (national months), 1.47
# for NEVs: continuous processes get that and little more, the others some flex beyond it.
# process: calendar, headroom (centre, low, high), overtime share, time to recover (low, mode, high), events a year
PROCESSES = {
    "machining": ("supplier", (1.55, 1.35, 1.75), 0.15, (7, 21, 60), 0.05),
    "casting": ("three-shift", (1.5, 1.35, 1.7), 0.1, (10, 30, 90), 0.06),
    "stamping": ("three-shift", (1.5, 1.35, 1.7), 0.12, (7, 21, 60), 0.05),
    "moulding": ("supplier", (1.6, 1.4, 1.8), 0.2, (5, 14, 45), 0.06),
    "assembly": ("supplier", (1.6, 1.4, 1.8), 0.2, (3, 10, 30), 0.05),
    "electronics": ("supplier", (1.5, 1.35, 1.7), 0.1, (5, 14, 40), 0.04),
    "fab": ("always", (1.4, 1.3, 1.5), 0.03, (30, 90, 240), 0.03),
    "cells": ("always", (1.4, 1.3, 1.5), 0.03, (20, 60, 180), 0.04),
    "glass": ("always", (1.4, 1.3, 1.5), 0.03, (30, 60, 150), 0.02),
    "metal": ("always", (1.4, 1.3, 1.5), 0.03, (14, 45, 120), 0.03),
    "chemicals": ("always", (1.4, 1.3, 1.5), 0.03, (14, 45, 120), 0.05),
    "tyres": ("three-shift", (1.45, 1.3, 1.6), 0.05, (14, 45, 120), 0.04),
}

PROCESS_FAMILIES = {
    "casting": "ENG01 ENG02 ENG03 CHS07 CHS14 BIW04 SUB11",
    "stamping": "BIW01 BIW02 BIW03 BIW06 CHS01 CHS02 ENG16 BAT02",
    "moulding": "EXT01 EXT02 EXT05 EXT08 EXT11 INT03 INT05 INT06 ENG17 ENG20 ENG21 ENG09 THM04 EXT03 EXT04",
    "assembly": "INT01 INT02 INT04 INT08 INT09 THM01 ENG18 THM05 ELE01 EDR07 BAT04 ENG22 EXT07 EXT09 EXT10 CHS13",
    "electronics": "ENG13 ENG14 TRN03 EDR03 EDR05 EDR06 BAT03 CHS08 CHS11 CHS12 INT07 ELE03 ELE04 ELE05 ELE06 "
                   "ELE07 ELE08 ELE09 EDR08 SUB12",
    "fab": "SUB01 SUB02 SUB10",
    "cells": "BAT01",
    "chemicals": "SUB05 SUB06 SUB07 SUB08 SUB09 BIW05 MIS01 ELE02",
    "glass": "EXT06",
    "metal": "SUB03 SUB04",
    "tyres": "CHS15",
}
PROCESS_OF = {f: p for p, families in PROCESS_FAMILIES.items() for f in families.split()}


NEV_PEAK = 1.2                  # 1.47 / 1.25, for families that only NEVs have


def process_of(family):
    return PROCESS_OF.get(family, "machining")


# Families every platform shares: standard parts and all sub-tier.
STANDARD = set("ENG03 ENG04 ENG05 ENG06 ENG07 ENG12 ENG14 TRN02 BIW05 BIW06 CHS15 INT08 ELE02 EDR08 MIS01".split())

# Families that carry chips (facts: chip-dependent, LED driver chips, IGBT/SiC).
CHIP_FAMILIES = ("ENG13 TRN03 EDR03 EDR05 EDR06 BAT03 CHS08 CHS11 CHS12 EXT03 INT07 ELE03 ELE04 ELE05 ELE06 "
                 "ELE07 ELE08").split()

# Where synthetic outside suppliers stand: weights by kind of family.
AREAS = {
    "fab": [("Japan-Korea", 30), ("Europe", 30), ("South-East-Asia", 25), ("Shanghai", 15)],
    "electronics": [("Jiangsu-Zhejiang", 35), ("Shanghai", 25), ("Guangdong", 20), ("Tianjin-Hebei", 10),
                    ("Chengdu", 10)],
    "cells": [("Yibin", 40), ("Chengdu", 40), ("Suining", 20)],
    "chemicals": [("Jiangsu-Zhejiang", 35), ("Guangdong", 25), ("Hubei", 20), ("Chengdu", 20)],
    "metal": [("Shanghai", 40), ("Hubei", 40), ("Tianjin-Hebei", 20)],
    "import": [("Jiangsu-Zhejiang", 40), ("Japan-Korea", 30), ("Europe", 30)],
    "rubber": [("South-East-Asia", 60), ("Jiangsu-Zhejiang", 40)],
    "other": [("Jiangsu-Zhejiang", 35), ("Shanghai", 15), ("Hubei", 15), ("Chengdu", 15), ("Jilin", 10),
              ("Tianjin-Hebei", 10)],
}


def areas_of(family, mode):
    if family == "SUB09":
        return AREAS["rubber"]
    process = process_of(family)
    if process in AREAS:
        return AREAS[process]
    return AREAS["import"] if "import" in mode else AREAS["other"]


# Delivery mode: review, transit in the region, spread there, least transit from outside (hours), maker's cover (days),
# share of the order lead that is work in progress.
MODES = {
    "JIS": (1, 2, 1, 36, 0.5, 0.1),
    "JIT": (4, 4, 2, 48, 1, 0.15),
    "milkrun": (24, 8, 4, 72, 2, 0.15),
    "bulk": (24, 12, 6, 72, 5, 0.15),
    "import": (24, 24, 12, 96, 15, 0.5),
    "import/bulk": (24, 24, 12, 96, 10, 0.25),
    "in-house": (4, 1, 0, 48, 1, 0.1),
    "kanban": (4, 4, 2, 72, 5, 0.15),
}
