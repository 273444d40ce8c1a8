// The indicators of the fleet and its piles; indicators.h lists them behind those of the chain.
#ifndef STUDY_INDICATORS_CHARGING_H
#define STUDY_INDICATORS_CHARGING_H

// I(name, unit, basis, months too, English, Chinese, meaning)
#define CHARGING_INDICATORS(I)                                                                                         \
    I(fleet, "vehicle", FROM_FLEET, 1, "NEVs on the road", "新能源汽车保有量", "in the region, at the end")             \
    I(fleet_joined_here, "vehicle", FROM_FLEET, 1, "joined, made here", "新增：本地生产", "bought and made here")       \
    I(fleet_joined_elsewhere, "vehicle", FROM_FLEET, 1, "joined, made elsewhere", "新增：外地生产",                    \
      "bought from makers elsewhere, as planned")                                                                      \
    I(fleet_joined_instead, "vehicle", FROM_FLEET, 0, "joined, elsewhere instead", "新增：转购外地",                   \
      "of the buyers whom the region's makers lost, those who bought from elsewhere")                                  \
    I(fleet_scrapped, "vehicle", FROM_FLEET, 0, "scrapped", "报废", "at the end of their life")                        \
    I(made_here_share, "share", FROM_FLEET, 0, "made here, of those that joined", "新增中本地生产占比",                \
      "fleet_joined_here over all that joined")                                                                        \
    I(fleet_fewer, "vehicle", FROM_FEED, 0, "made here fewer, by shocks", "冲击减少的本地新增",                        \
      "handed over by the region's makers to buyers here, less than by the undisturbed twin")                          \
    I(fleet_moved, "vehicle", FROM_FEED, 0, "bought elsewhere, by shocks", "因冲击转购外地",                           \
      "buyers lost beyond those of the twin, x substitution")                                                          \
    I(fleet_never, "vehicle", FROM_FEED, 0, "never bought, by shocks", "因冲击放弃购买",                               \
      "buyers lost beyond those of the twin who did not buy from elsewhere")                                           \
    I(piles, "pile", FROM_PILES, 0, "charging piles", "充电桩", "in place at the end of the year")                     \
    I(piles_added, "pile", FROM_PILES, 0, "piles added", "新增充电桩", "in the year")                                  \
    I(piles_public, "pile", FROM_PILES, 0, "public piles", "公共充电桩", "of them, public")                            \
    I(piles_private, "pile", FROM_PILES, 0, "private piles", "私人充电桩", "of them, at homes")                        \
    I(sessions, "session", FROM_FLEET, 1, "charging sessions", "充电次数", "at home and in public")                    \
    I(charging_energy, "kWh", FROM_FLEET, 1, "energy charged", "充电量", "delivered at the plug")                      \
    I(charging_energy_home, "kWh", FROM_FLEET, 1, "energy at home", "居住地充电量",                                    \
      "at own piles, sockets and piles shared by residents")                                                           \
    I(charging_energy_public, "kWh", FROM_FLEET, 1, "energy in public", "公共充电量", "at public AC and DC piles")     \
    I(peak_load, "kW", FROM_FLEET, 1, "peak load", "最大充电负荷", "highest mean load of an hour")                     \
    I(night_day_ratio, "1", FROM_FLEET, 1, "night over day, in public", "公共充电夜昼比",                              \
      "energy in public from 20 to 8 h over that from 8 to 20 h")                                                      \
    I(pile_use_ac, "share", FROM_FLEET, 1, "AC piles plugged", "交流桩占用率", "share of time, mean over sites")       \
    I(pile_use_ac_spread, "share", FROM_FLEET, 0, "  spread over sites", "  站点间离差", "standard deviation")         \
    I(pile_use_dc, "share", FROM_FLEET, 1, "DC piles plugged", "直流桩占用率", "share of time, mean over sites")       \
    I(pile_use_dc_spread, "share", FROM_FLEET, 0, "  spread over sites", "  站点间离差", "standard deviation")         \
    I(pile_charging_ac, "share", FROM_FLEET, 0, "AC piles delivering", "交流桩充电时间占比",                           \
      "share of the time of all open public AC piles")                                                                 \
    I(pile_charging_dc, "share", FROM_FLEET, 0, "DC piles delivering", "直流桩充电时间占比",                           \
      "share of the time of all open public DC piles")                                                                 \
    I(wait_mean, "minute", FROM_FLEET, 1, "mean wait", "平均等候时间", "at a site, over all who came to one")          \
    I(wait_p95, "minute", FROM_FLEET, 1, "95 % wait at most", "95%分位等候时间", "at a site, over all who came")       \
    I(gave_up_share, "share", FROM_FLEET, 1, "gave up", "放弃充电占比",                                                \
      "requests that ended without a charge, over those that ended; who drove on fuel instead is not counted")         \
    I(feeder_overload_hours, "hour", FROM_FLEET, 1, "feeder hours in overload", "馈线过载小时", "sum over feeders")    \
    I(energy_per_nev_day, "kWh", FROM_FLEET, 0, "energy per NEV and day", "车均日充电量",                              \
      "all charging in the region over the days of its NEVs")                                                          \
    I(public_share, "share", FROM_FLEET, 0, "public share of energy", "公共充电占比",                                  \
      "charging_energy_public / charging_energy")                                                                      \
    I(hailing_share, "share", FROM_FLEET, 0, "ride-hailing in public", "网约车占公共充电",                             \
      "energy in public of classes of kind shift over that of all")                                                    \
    I(energy_per_pile_day, "kWh", FROM_FLEET, 0, "energy per public pile, day", "公共桩均日充电量",                    \
      "charging_energy_public over the days of public piles")                                                          \
    I(sessions_per_pile_day, "1", FROM_FLEET, 0, "sessions per public pile, day", "公共桩均日次数", "the same")        \
    I(energy_per_session, "kWh", FROM_FLEET, 0, "energy per public session", "公共充电次均电量",                       \
      "failed starts not counted")

#endif
