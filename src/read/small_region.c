// The small region's files as text; scenarios/small is the same, and a test compares. A long row takes two lines.
#include "read/folder_new.h"

// clang-format off
const struct region_file small_region[] = {
    {"README.md",
     "# Riverbend\n"
     "\n"
     "A small region that is complete: two plants, nine suppliers, four markets, one year, and t"
     "he charging of\n"
     "its electric vehicles: some thousand of them, 18 public sites. Nothing in it is real. Copy"
     " it, change a row and run it again:\n"
     "\n"
     "    autopolis check .\n"
     "    autopolis run . --out results\n"
     "    autopolis run . --shock chip-shortage\n"
     "\n"
     "`autopolis describe --markdown` explains every table and column.\n"},
    {"bom.csv",
     "bill,component,option,quantity,value,at,source,confidence\n"
     "SEDAN-BILL,STAMPING,,1,,first,invented for the tutorial,synthetic\n"
     "SEDAN-BILL,ENGINE,,1,,last,invented for the tutorial,synthetic\n"
     "SEDAN-BILL,SEAT,,1,,last,invented for the tutorial,synthetic\n"
     "SEDAN-BILL,TYRE,,5,,last,invented for the tutorial,synthetic\n"
     "SEDAN-BILL,CONTROL,,2,,last,invented for the tutorial,synthetic\n"
     "SEDAN-BILL,PACK,plug,1,14000,last,invented for the tutorial,synthetic\n"
     "CITY-BILL,STAMPING,,1,,first,invented for the tutorial,synthetic\n"
     "CITY-BILL,PACK,,1,,last,invented for the tutorial,synthetic\n"
     "CITY-BILL,SEAT,,1,,last,invented for the tutorial,synthetic\n"
     "CITY-BILL,TYRE,,4,,last,invented for the tutorial,synthetic\n"
     "CITY-BILL,CONTROL,,3,,last,invented for the tutorial,synthetic\n"
     "CITY-BILL,CONTROL,assist,2,,last,invented for the tutorial,synthetic\n"
     "PACK,CELL,,96,,last,invented for the tutorial,synthetic\n"
     "PACK,CONTROL,,1,,last,invented for the tutorial,synthetic\n"
     "CONTROL,CHIP,,4,,last,invented for the tutorial,synthetic\n"},
    {"builds.csv",
     "line,platform,share,source,confidence\n"
     "NORTH-1,SEDAN,1,invented for the tutorial,synthetic\n"
     "SOUTH-1,CITY,1,invented for the tutorial,synthetic\n"},
    {"calendars.csv",
     "calendar,name,always,source,confidence\n"
     "TWO-SHIFT,two shifts Monday to Saturday,no,invented for the tutorial,synthetic\n"
     "CONTINUOUS,round the clock,yes,invented for the tutorial,synthetic\n"},
    {"class_types.csv",
     "class,type,weight,source,confidence\n"
     "private,CITY-CAR,1,invented for the tutorial,synthetic\n"
     "private,PLUG-IN,0.8,invented for the tutorial,synthetic\n"
     "private,HYBRID-SUV,0.2,invented for the tutorial,synthetic\n"
     "taxi,CITY-CAR,1,invented for the tutorial,synthetic\n"
     "taxi,PLUG-IN,1,invented for the tutorial,synthetic\n"},
    {"curves.csv",
     "curve,soc,kw,source,confidence\n"
     "pack-70,0,55,invented for the tutorial,synthetic\n"
     "pack-70,0.3,70,invented for the tutorial,synthetic\n"
     "pack-70,0.8,40,invented for the tutorial,synthetic\n"
     "pack-70,1,8,invented for the tutorial,synthetic\n"},
    {"districts.csv",
     "district,name,name_zh,zone,in_region,population,gdp,lat,lon,nev_weight,source,confidence\n"
     "RIVERSIDE,Riverside,滨江区,core,yes,900000,80000000000,30,105,6,invented for the tutorial,syn"
     "thetic\n"
     "HILLS,Hills,山前区,core,yes,600000,45000000000,30.08,105.12,3,invented for the tutorial,synth"
     "etic\n"
     "COAST,the coast,沿海,outside,no,0,0,31,121,,invented for the tutorial,synthetic\n"
     "ABROAD,abroad,境外,outside,no,0,0,25,121,,invented for the tutorial,synthetic\n"
     "LAKESIDE,Lakeside,湖滨区,core,yes,200000,9000000000,29.9,105.1,1,invented for the tutorial,sy"
     "nthetic\n"},
    {"enterprises.csv",
     "enterprise,name,name_zh,district,kind,calendar,family,maker,size,ttr_low_days,ttr_mode_day"
     "s,ttr_high_days,events_per_year,source,confidence\n"
     "NORTH,North plant,北厂,RIVERSIDE,plant,TWO-SHIFT,vehicles,Riverbend Motor,0,7,21,60,0.02,inv"
     "ented for the tutorial,synthetic\n"
     "SOUTH,South plant,南厂,HILLS,plant,TWO-SHIFT,vehicles,Bend Electric,0,7,21,60,0.02,invented "
     "for the tutorial,synthetic\n"
     "ENGINES,engine works,发动机厂,RIVERSIDE,supplier,TWO-SHIFT,powertrain,,700000000,7,28,90,0.03,"
     "invented for the tutorial,synthetic\n"
     "PACKS,battery pack works,电池包厂,HILLS,supplier,TWO-SHIFT,battery,,1600000000,7,21,60,0.03,in"
     "vented for the tutorial,synthetic\n"
     "SEATS-A,seat maker A,座椅甲厂,RIVERSIDE,supplier,TWO-SHIFT,interior,,180000000,3,10,30,0.05,in"
     "vented for the tutorial,synthetic\n"
     "SEATS-B,seat maker B,座椅乙厂,HILLS,supplier,TWO-SHIFT,interior,,120000000,3,10,30,0.05,invent"
     "ed for the tutorial,synthetic\n"
     "TYRES,tyre works,轮胎厂,HILLS,supplier,CONTINUOUS,chassis,,200000000,5,14,40,0.04,invented fo"
     "r the tutorial,synthetic\n"
     "CONTROLS,controller maker,控制器厂,RIVERSIDE,supplier,TWO-SHIFT,electronics,,260000000,5,14,40"
     ",0.05,invented for the tutorial,synthetic\n"
     "STAMPINGS,stamping works,冲压厂,RIVERSIDE,supplier,TWO-SHIFT,body,,400000000,7,21,60,0.04,inv"
     "ented for the tutorial,synthetic\n"
     "CELLS,cell maker,电芯厂,COAST,supplier,CONTINUOUS,battery,,5000000000,14,45,120,0.02,invented"
     " for the tutorial,synthetic\n"
     "CHIPS,chip maker,芯片厂,ABROAD,supplier,CONTINUOUS,electronics,,9000000000,21,60,180,0.05,inv"
     "ented for the tutorial,synthetic\n"},
    {"ev_classes.csv",
     "class,name,kind,share,km_per_day,km_spread,day_law,day_spread,active_share,shift_from,shif"
     "t_until,home_profile,leave_profile,public_profile,plug_below,plug_below_spread,cheap_share"
     ",public_below,public_below_spread,public_until,ac_share,patience_minutes,source,confidence\n"
     "private,private cars,daily,1,45,0.4,gamma,0.7,0.8,,,evening,morning,daytime,0.65,0.2,0.3,0"
     ".3,0.1,0.8,0.2,40,invented for the tutorial,synthetic\n"
     "taxi,taxis,shift,0,220,0,gamma,0.3,1,6,23,,,,0.8,0,0.5,0.3,0.1,0.85,0,30,invented for the "
     "tutorial,synthetic\n"},
    {"ev_types.csv",
     "type,name,powertrain,battery_kwh,kwh_per_100km,ac_kw,dc_kw,curve,source,confidence\n"
     "CITY-CAR,small electric car,BEV,45,13,7,70,pack-70,invented for the tutorial,synthetic\n"
     "PLUG-IN,plug-in hybrid,PHEV,16,15,7,0,,invented for the tutorial,synthetic\n"
     "HYBRID-SUV,range-extended car,EREV,35,19,7,40,,invented for the tutorial,synthetic\n"},
    {"feeders.csv",
     "feeder,district,kva,base_kw,homes_share,source,confidence\n"
     "RIVERSIDE-TOWN,RIVERSIDE,12000,4500,1,invented for the tutorial,synthetic\n"
     "RIVERSIDE-TRADE,RIVERSIDE,6000,1800,,invented for the tutorial,synthetic\n"
     "HILLS-TOWN,HILLS,9000,3500,1,invented for the tutorial,synthetic\n"
     "HILLS-TRADE,HILLS,3000,1200,,invented for the tutorial,synthetic\n"
     "LAKESIDE-TOWN,LAKESIDE,6000,2500,1,invented for the tutorial,synthetic\n"},
    {"fleet_inflow.csv",
     "year,registrations,bev_share,shape,source,confidence\n"
     "2022,5400,0.7,,invented for the tutorial,synthetic\n"
     "2023,7000,0.65,year,invented for the tutorial,synthetic\n"},
    {"fleet_stock.csv",
     "date,vehicles,source,confidence\n"
     "2022-10-31,5000,invented for the tutorial,synthetic\n"},
    {"hailing.csv",
     "class,year,vehicles,electric_share,active_share,km_per_active_day,source,confidence\n"
     "taxi,2022,600,0.5,0.8,220,invented for the tutorial,synthetic\n"
     "taxi,2023,600,0.6,0.8,220,invented for the tutorial,synthetic\n"},
    {"holidays.csv",
     "holiday,from,until,calendar,source,confidence\n"
     "spring-festival,2023-01-21,2023-01-27,,invented for the tutorial,synthetic\n"
     "labour-day,2023-05-01,2023-05-03,,invented for the tutorial,synthetic\n"
     "national-day,2023-10-01,2023-10-06,,invented for the tutorial,synthetic\n"},
    {"homes.csv",
     "class,from_year,home,share,kw,source,confidence\n"
     "private,,own,0.38,7,invented for the tutorial,synthetic\n"
     "private,,socket,0.06,2,invented for the tutorial,synthetic\n"
     "private,,shared,0.06,,invented for the tutorial,synthetic\n"
     "private,,none,0.5,,invented for the tutorial,synthetic\n"
     "taxi,,own,0.1,7,invented for the tutorial,synthetic\n"
     "taxi,,none,0.9,,invented for the tutorial,synthetic\n"},
    {"lanes.csv",
     "lane,name,source,confidence\n"
     "TOWN,trucks in the region,invented for the tutorial,synthetic\n"
     "COUNTRY,car trains and trucks,invented for the tutorial,synthetic\n"
     "RIVER,river barges to the coast and ships,invented for the tutorial,synthetic\n"
     "RAIL,block trains to the west,invented for the tutorial,synthetic\n"},
    {"legs.csv",
     "lane,leg,mode,origin,destination,departures,capacity,transit_hours,spread_hours,cost,sourc"
     "e,confidence\n"
     "TOWN,1,road,Riverbend,Riverbend,4,40,3,1,150,invented for the tutorial,synthetic\n"
     "COUNTRY,1,rail,Riverbend,the country,3,240,60,12,900,invented for the tutorial,synthetic\n"
     "RIVER,1,river,Riverbend,the coast,0.5,400,192,48,700,invented for the tutorial,synthetic\n"
     "RIVER,2,sea,the coast,Southport,0.25,2500,480,72,2600,invented for the tutorial,synthetic\n"
     "RAIL,1,rail,Riverbend,Westland,0.5,220,384,48,5200,invented for the tutorial,synthetic\n"},
    {"lines.csv",
     "line,enterprise,calendar,from,until,nominal,source,confidence\n"
     "NORTH-1,NORTH,,,,75000,invented for the tutorial,synthetic\n"
     "SOUTH-1,SOUTH,,,,45000,invented for the tutorial,synthetic\n"},
    {"links.csv",
     "buyer,component,platform,supplier,share,approved,priority,transit_hours,spread_hours,sourc"
     "e,confidence\n"
     "NORTH,ENGINE,,ENGINES,1,yes,0,4,2,invented for the tutorial,synthetic\n"
     "NORTH,SEAT,SEDAN,SEATS-A,0.7,yes,1,2,1,invented for the tutorial,synthetic\n"
     "NORTH,SEAT,SEDAN,SEATS-B,0.3,yes,0,5,1,invented for the tutorial,synthetic\n"
     "SOUTH,SEAT,CITY,SEATS-B,1,yes,1,2,1,invented for the tutorial,synthetic\n"
     "SOUTH,SEAT,CITY,SEATS-A,1,no,0,5,1,invented for the tutorial,synthetic\n"},
    {"makers.csv",
     "enterprise,product,headroom,flow_hours,yield,cover_days,outside_share,overtime_share,low,h"
     "igh,law,source,confidence\n"
     "ENGINES,ENGINE,1.25,24,0.99,3,0.1,0.15,1.15,1.4,triangular,invented for the tutorial,synth"
     "etic\n"
     "PACKS,PACK,1.25,12,0.995,2,0,0.15,1.15,1.4,triangular,invented for the tutorial,synthetic\n"
     "SEATS-A,SEAT,1.35,4,1,1,0.05,0.2,1.2,1.6,triangular,invented for the tutorial,synthetic\n"
     "SEATS-B,SEAT,1.35,4,1,1,0.2,0.2,1.2,1.6,triangular,invented for the tutorial,synthetic\n"
     "TYRES,TYRE,1.3,12,0.99,10,0.6,0.05,1.15,1.5,triangular,invented for the tutorial,synthetic\n"
     "CONTROLS,CONTROL,1.3,24,0.99,4,0.3,0.15,1.15,1.5,triangular,invented for the tutorial,synt"
     "hetic\n"
     "STAMPINGS,STAMPING,1.3,8,0.995,2,0.1,0.15,1.15,1.5,triangular,invented for the tutorial,sy"
     "nthetic\n"
     "CELLS,CELL,1.2,72,0.96,7,0.8,0.02,1.1,1.3,triangular,invented for the tutorial,synthetic\n"
     "CHIPS,CHIP,1.15,1008,0.95,20,0.95,0,1.05,1.25,triangular,invented for the tutorial,synthet"
     "ic\n"},
    {"markets.csv",
     "market,name,name_zh,iso3,channel,lane,price_ratio,source,confidence\n"
     "RIVERBEND,Riverbend,河湾,,local,TOWN,1,invented for the tutorial,synthetic\n"
     "COUNTRY,rest of the country,国内其他地区,,domestic,COUNTRY,1,invented for the tutorial,synthetic\n"
     "SOUTHPORT,Southport,南港,,export,RIVER,1,invented for the tutorial,synthetic\n"
     "WESTLAND,Westland,西境,,export,RAIL,1.05,invented for the tutorial,synthetic\n"},
    {"piles.csv",
     "date,district,kind,piles,source,confidence\n"
     "2022-12-31,,public,300,invented for the tutorial,synthetic\n"
     "2022-12-31,,private,2200,invented for the tutorial,synthetic\n"
     "2023-12-31,,public,450,invented for the tutorial,synthetic\n"
     "2023-12-31,,private,5000,invented for the tutorial,synthetic\n"},
    {"platforms.csv",
     "platform,name,maker,bill,source,confidence\n"
     "SEDAN,family sedan,Riverbend Motor,SEDAN-BILL,invented for the tutorial,synthetic\n"
     "CITY,small electric car,Bend Electric,CITY-BILL,invented for the tutorial,synthetic\n"},
    {"products.csv",
     "product,name,name_zh,system,per,tier,value,source,confidence\n"
     "ENGINE,engine,发动机,powertrain,once,1,9000,invented for the tutorial,synthetic\n"
     "PACK,battery pack,电池包,powertrain,platform,1,32000,invented for the tutorial,synthetic\n"
     "SEAT,set of seats,座椅总成,interior,platform,1,3000,invented for the tutorial,synthetic\n"
     "TYRE,tyre,轮胎,chassis,once,1,350,invented for the tutorial,synthetic\n"
     "CONTROL,control unit,控制器,electronics,once,1,2500,invented for the tutorial,synthetic\n"
     "STAMPING,set of stampings,冲压件,body,platform,1,4200,invented for the tutorial,synthetic\n"
     "CELL,battery cell,电芯,powertrain,once,2,200,invented for the tutorial,synthetic\n"
     "CHIP,microcontroller,芯片,electronics,once,2,40,invented for the tutorial,synthetic\n"},
    {"profiles.csv",
     "profile,days,slot,weight,source,confidence\n"
     "evening,all,16,1,invented for the tutorial,synthetic\n"
     "evening,all,17,3,invented for the tutorial,synthetic\n"
     "evening,all,18,5,invented for the tutorial,synthetic\n"
     "evening,all,19,4,invented for the tutorial,synthetic\n"
     "evening,all,20,3,invented for the tutorial,synthetic\n"
     "evening,all,21,2,invented for the tutorial,synthetic\n"
     "evening,all,22,2,invented for the tutorial,synthetic\n"
     "evening,all,23,1,invented for the tutorial,synthetic\n"
     "morning,workday,6,2,invented for the tutorial,synthetic\n"
     "morning,workday,7,5,invented for the tutorial,synthetic\n"
     "morning,workday,8,4,invented for the tutorial,synthetic\n"
     "morning,workday,9,1,invented for the tutorial,synthetic\n"
     "morning,restday,8,2,invented for the tutorial,synthetic\n"
     "morning,restday,9,4,invented for the tutorial,synthetic\n"
     "morning,restday,10,3,invented for the tutorial,synthetic\n"
     "morning,restday,13,2,invented for the tutorial,synthetic\n"
     "daytime,all,8,1,invented for the tutorial,synthetic\n"
     "daytime,all,9,2,invented for the tutorial,synthetic\n"
     "daytime,all,10,3,invented for the tutorial,synthetic\n"
     "daytime,all,11,3,invented for the tutorial,synthetic\n"
     "daytime,all,12,3,invented for the tutorial,synthetic\n"
     "daytime,all,13,3,invented for the tutorial,synthetic\n"
     "daytime,all,14,3,invented for the tutorial,synthetic\n"
     "daytime,all,15,3,invented for the tutorial,synthetic\n"
     "daytime,all,16,3,invented for the tutorial,synthetic\n"
     "daytime,all,17,2,invented for the tutorial,synthetic\n"
     "daytime,all,18,2,invented for the tutorial,synthetic\n"
     "daytime,all,19,2,invented for the tutorial,synthetic\n"
     "daytime,all,20,2,invented for the tutorial,synthetic\n"
     "daytime,all,21,1,invented for the tutorial,synthetic\n"
     "daytime,all,22,1,invented for the tutorial,synthetic\n"},
    {"reported.csv",
     "indicator,period,value,unit,role,source,confidence\n"
     "vehicle_output,2023,91600,vehicle,driven,invented for the tutorial,synthetic\n"
     "export_units,2023,16000,vehicle,driven,invented for the tutorial,synthetic\n"},
    {"settings.csv",
     "setting,value,source,confidence\n"
     "region,Riverbend,invented for the tutorial,synthetic\n"
     "region_zh,河湾,invented for the tutorial,synthetic\n"
     "from,2023-01-01,invented for the tutorial,synthetic\n"
     "until,2023-12-31,invented for the tutorial,synthetic\n"
     "warm_up_days,60,invented for the tutorial,synthetic\n"
     "seed,1,invented for the tutorial,synthetic\n"
     "replications,4,invented for the tutorial,synthetic\n"
     "bulletin_year,2023,invented for the tutorial,synthetic\n"
     "turnover_threshold,20000000,invented for the tutorial,synthetic\n"
     "made_here_share,0.79,invented for the tutorial,synthetic\n"
     "failed_start_share,0.05,invented for the tutorial,synthetic\n"
     "overstay_minutes,5,invented for the tutorial,synthetic\n"
     "pile_up_days,60,invented for the tutorial,synthetic\n"
     "home_tariff,home,invented for the tutorial,synthetic\n"},
    {"shapes.csv",
     "shape,year,month,weight,source,confidence\n"
     "year,2023,1,6.2,invented for the tutorial,synthetic\n"
     "year,2023,2,6.8,invented for the tutorial,synthetic\n"
     "year,2023,3,8.3,invented for the tutorial,synthetic\n"
     "year,2023,4,7.6,invented for the tutorial,synthetic\n"
     "year,2023,5,8.2,invented for the tutorial,synthetic\n"
     "year,2023,6,8.6,invented for the tutorial,synthetic\n"
     "year,2023,7,7.9,invented for the tutorial,synthetic\n"
     "year,2023,8,8.5,invented for the tutorial,synthetic\n"
     "year,2023,9,9.1,invented for the tutorial,synthetic\n"
     "year,2023,10,9.0,invented for the tutorial,synthetic\n"
     "year,2023,11,9.8,invented for the tutorial,synthetic\n"
     "year,2023,12,10.0,invented for the tutorial,synthetic\n"},
    {"shares.csv",
     "market,year,share,source,confidence\n"
     "SOUTHPORT,2022,0.75,invented for the tutorial,synthetic\n"
     "WESTLAND,2022,0.25,invented for the tutorial,synthetic\n"
     "SOUTHPORT,2023,0.7,invented for the tutorial,synthetic\n"
     "WESTLAND,2023,0.3,invented for the tutorial,synthetic\n"},
    {"shifts.csv",
     "calendar,days,from_hour,until_hour,level,source,confidence\n"
     "TWO-SHIFT,1111110,8,24,normal,invented for the tutorial,synthetic\n"
     "TWO-SHIFT,1111110,0,4,overtime,invented for the tutorial,synthetic\n"
     "TWO-SHIFT,0000001,8,24,extra,invented for the tutorial,synthetic\n"},
    {"shocks.csv",
     "shock,from,until,scope,target,basis,factor,extra_hours,active,name,source,confidence\n"
     "power-cut,2023-08-15,2023-08-20,district,RIVERSIDE,capacity,0.4,0,yes,rationing of electri"
     "city,invented for the tutorial,synthetic\n"
     "power-cut,2023-08-21,2023-08-27,district,RIVERSIDE,capacity,0.8,0,yes,rationing of electri"
     "city: easing,invented for the tutorial,synthetic\n"
     "low-water,2023-09-10,2023-10-05,lane,RIVER,capacity,0.5,0,no,half of the barges sail,inven"
     "ted for the tutorial,synthetic\n"
     "chip-shortage,2023-04-01,2023-06-15,enterprise,CHIPS,capacity,0.3,0,no,fire at the chip ma"
     "ker,invented for the tutorial,synthetic\n"},
    {"shops.csv",
     "line,shop,next,cycle_seconds,cycle_law,buffer,variant_share,failures,up_hours,down_hours,s"
     "ource,confidence\n"
     "NORTH-1,body,paint,225,constant,12,1,calendar,60,0.5,invented for the tutorial,synthetic\n"
     "NORTH-1,paint,final,225,constant,40,0.8,calendar,90,0.7,invented for the tutorial,synthetic\n"
     "NORTH-1,final,,230,constant,0,1,none,0,0,invented for the tutorial,synthetic\n"
     "SOUTH-1,body,paint,370,constant,8,1,calendar,60,0.5,invented for the tutorial,synthetic\n"
     "SOUTH-1,paint,final,370,constant,30,0.8,calendar,90,0.7,invented for the tutorial,synthetic\n"
     "SOUTH-1,final,,380,constant,0,1,none,0,0,invented for the tutorial,synthetic\n"},
    {"site_piles.csv",
     "site,group,current,piles,kw,source,confidence\n"
     "RIVERSIDE-1,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-1,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-2,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-2,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-3,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-3,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-4,fast,dc,9,120,invented for the tutorial,synthetic\n"
     "RIVERSIDE-4,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-5,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-5,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-6,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-6,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-7,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-7,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-8,fast,dc,9,120,invented for the tutorial,synthetic\n"
     "RIVERSIDE-8,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-9,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "RIVERSIDE-9,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "RIVERSIDE-ESTATE,slow,ac,180,7,invented for the tutorial,synthetic\n"
     "HILLS-1,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "HILLS-1,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "HILLS-2,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "HILLS-2,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "HILLS-3,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "HILLS-3,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "HILLS-4,fast,dc,9,120,invented for the tutorial,synthetic\n"
     "HILLS-4,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "HILLS-5,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "HILLS-5,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "HILLS-6,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "HILLS-6,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "HILLS-ESTATE,slow,ac,90,7,invented for the tutorial,synthetic\n"
     "LAKESIDE-1,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "LAKESIDE-1,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "LAKESIDE-2,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "LAKESIDE-2,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "LAKESIDE-3,fast,dc,9,60,invented for the tutorial,synthetic\n"
     "LAKESIDE-3,slow,ac,16,7,invented for the tutorial,synthetic\n"
     "LAKESIDE-ESTATE,slow,ac,30,7,invented for the tutorial,synthetic\n"},
    {"sites.csv",
     "site,district,access,opened,site_kw,feeder,tariff,fee,lat,lon,source,confidence\n"
     "RIVERSIDE-1,RIVERSIDE,public,,,RIVERSIDE-TRADE,station,0.35,30.024,105.000,invented for th"
     "e tutorial,synthetic\n"
     "RIVERSIDE-2,RIVERSIDE,public,,,RIVERSIDE-TRADE,station,0.40,30.000,105.036,invented for th"
     "e tutorial,synthetic\n"
     "RIVERSIDE-3,RIVERSIDE,public,,600,RIVERSIDE-TRADE,station,0.30,29.976,104.988,invented for"
     " the tutorial,synthetic\n"
     "RIVERSIDE-4,RIVERSIDE,public,,,RIVERSIDE-TRADE,station,0.35,30.036,105.024,invented for th"
     "e tutorial,synthetic\n"
     "RIVERSIDE-5,RIVERSIDE,public,,,RIVERSIDE-TRADE,station,0.40,30.012,104.976,invented for th"
     "e tutorial,synthetic\n"
     "RIVERSIDE-6,RIVERSIDE,public,,600,RIVERSIDE-TRADE,station,0.30,29.988,105.012,invented for"
     " the tutorial,synthetic\n"
     "RIVERSIDE-7,RIVERSIDE,public,2023-03-01,,RIVERSIDE-TRADE,station,0.35,29.964,104.964,inven"
     "ted for the tutorial,synthetic\n"
     "RIVERSIDE-8,RIVERSIDE,public,2023-06-01,,RIVERSIDE-TRADE,station,0.40,30.024,105.000,inven"
     "ted for the tutorial,synthetic\n"
     "RIVERSIDE-9,RIVERSIDE,public,2023-10-01,600,RIVERSIDE-TRADE,station,0.30,30.000,105.036,in"
     "vented for the tutorial,synthetic\n"
     "RIVERSIDE-ESTATE,RIVERSIDE,residents,,,RIVERSIDE-TOWN,home,0.2,30.000,105.000,invented for"
     " the tutorial,synthetic\n"
     "HILLS-1,HILLS,public,,,HILLS-TRADE,station,0.35,30.104,105.120,invented for the tutorial,s"
     "ynthetic\n"
     "HILLS-2,HILLS,public,,,HILLS-TRADE,station,0.40,30.080,105.156,invented for the tutorial,s"
     "ynthetic\n"
     "HILLS-3,HILLS,public,,600,HILLS-TRADE,station,0.30,30.056,105.108,invented for the tutoria"
     "l,synthetic\n"
     "HILLS-4,HILLS,public,,,HILLS-TRADE,station,0.35,30.116,105.144,invented for the tutorial,s"
     "ynthetic\n"
     "HILLS-5,HILLS,public,2023-05-01,,HILLS-TRADE,station,0.40,30.092,105.096,invented for the "
     "tutorial,synthetic\n"
     "HILLS-6,HILLS,public,2023-09-01,600,HILLS-TRADE,station,0.30,30.068,105.132,invented for t"
     "he tutorial,synthetic\n"
     "HILLS-ESTATE,HILLS,residents,,,HILLS-TOWN,home,0.2,30.080,105.120,invented for the tutoria"
     "l,synthetic\n"
     "LAKESIDE-1,LAKESIDE,public,,,LAKESIDE-TOWN,station,0.35,29.924,105.100,invented for the tu"
     "torial,synthetic\n"
     "LAKESIDE-2,LAKESIDE,public,,,LAKESIDE-TOWN,station,0.40,29.900,105.136,invented for the tu"
     "torial,synthetic\n"
     "LAKESIDE-3,LAKESIDE,public,2023-07-01,600,LAKESIDE-TOWN,station,0.30,29.876,105.088,invent"
     "ed for the tutorial,synthetic\n"
     "LAKESIDE-ESTATE,LAKESIDE,residents,,,LAKESIDE-TOWN,home,0.2,29.900,105.100,invented for th"
     "e tutorial,synthetic\n"},
    {"sourcing.csv",
     "product,sources,unapproved,local_share,transit_hours,outside_hours,spread_hours,review_hou"
     "rs,cover_days,low,high,law,source,confidence\n"
     "PACK,1,0,1,4,72,2,24,1,,,,invented for the tutorial,synthetic\n"
     "TYRE,1,0,1,6,96,2,24,3,,,,invented for the tutorial,synthetic\n"
     "CONTROL,1,0,1,4,96,2,24,3,,,,invented for the tutorial,synthetic\n"
     "STAMPING,1,0,1,3,48,1,24,1,,,,invented for the tutorial,synthetic\n"
     "CELL,1,0,0,24,120,12,24,5,,,,invented for the tutorial,synthetic\n"
     "CHIP,1,0,0,24,336,48,168,15,,,,invented for the tutorial,synthetic\n"},
    {"streams.csv",
     "stream,site,current,per_hour,profile,days,amount,size,size_law,type,soc_from,soc_until,pat"
     "ience_law,patience_minutes,source,confidence\n"
     "passing,RIVERSIDE-1,dc,1,daytime,all,soc,1,constant,CITY-CAR,0.25,0.8,exponential,45,inven"
     "ted for the tutorial,synthetic\n"
     "holiday-visitors,RIVERSIDE-1,dc,3,daytime,holiday,soc,1,constant,CITY-CAR,0.25,0.8,exponen"
     "tial,45,invented for the tutorial,synthetic\n"},
    {"tariffs.csv",
     "tariff,from_hour,until_hour,price,source,confidence\n"
     "home,0,8,0.3,invented for the tutorial,synthetic\n"
     "home,8,24,0.55,invented for the tutorial,synthetic\n"
     "station,0,8,0.5,invented for the tutorial,synthetic\n"
     "station,8,24,1,invented for the tutorial,synthetic\n"},
    {"variants.csv",
     "variant,name,platform,powertrain,body,driving_level,options,take,price,export_price,source"
     ",confidence\n"
     "SEDAN-ICE,Sedan 1.5,SEDAN,ICE,passenger,1,,0.7,95000,90000,invented for the tutorial,synth"
     "etic\n"
     "SEDAN-PHEV,Sedan plug-in,SEDAN,PHEV,passenger,2,plug,0.3,128000,125000,invented for the tu"
     "torial,synthetic\n"
     "CITY-BASE,City,CITY,BEV,passenger,1,,0.6,72000,78000,invented for the tutorial,synthetic\n"
     "CITY-PLUS,City with assisted driving,CITY,BEV,passenger,2,assist,0.4,84000,90000,invented "
     "for the tutorial,synthetic\n"},
    {"volumes.csv",
     "platform,year,channel,units,shape,low,high,law,source,confidence\n"
     "SEDAN,2022,local,5600,,,,,invented for the tutorial,synthetic\n"
     "SEDAN,2022,domestic,39000,,,,,invented for the tutorial,synthetic\n"
     "SEDAN,2022,export,8000,,,,,invented for the tutorial,synthetic\n"
     "CITY,2022,local,2600,,,,,invented for the tutorial,synthetic\n"
     "CITY,2022,domestic,18000,,,,,invented for the tutorial,synthetic\n"
     "CITY,2022,export,3000,,,,,invented for the tutorial,synthetic\n"
     "SEDAN,2023,local,5800,year,5200,6400,triangular,invented for the tutorial,synthetic\n"
     "SEDAN,2023,domestic,41000,year,37000,45000,triangular,invented for the tutorial,synthetic\n"
     "SEDAN,2023,export,11000,year,9500,12500,triangular,invented for the tutorial,synthetic\n"
     "CITY,2023,local,3800,year,3200,4400,triangular,invented for the tutorial,synthetic\n"
     "CITY,2023,domestic,25000,year,22000,28000,triangular,invented for the tutorial,synthetic\n"
     "CITY,2023,export,5000,year,4200,5800,triangular,invented for the tutorial,synthetic\n"},
};
// clang-format on
const uint32_t small_region_count = sizeof small_region / sizeof small_region[0];
