// First the answer: what was made, what matters most, what it rests on, how charging fares.
import { usePage } from "./context";
import { number, text } from "./data";
import { percent, quantity } from "./format";
import { BulletinPanel } from "./bulletin";
import { ComparePanel } from "./compare";
import { ChargingPlacesPanel, ClassesPanel, NextPilesPanel } from "./charging";
import { CommonPanel, RankingPanel } from "./ranking";
import { TrustPanel } from "./trust";
import { capital } from "./trades";

export function Answer() {
    const { t, result } = usePage();
    return (
        <>
            <Lead />
            <div class="grid">
                {result.has("compare") && <ComparePanel />}
                <h2 class="sectionhead">{t("What matters most", "什么最要紧")}</h2>
                <RankingPanel />
                <CommonPanel />
                <TrustPanel />
                {result.has("bulletin") && (
                    <>
                        <h2 class="sectionhead">{t("The bulletin", "公报")}</h2>
                        <BulletinPanel />
                    </>
                )}
                {(result.has("bulletin") || result.has("pile_plan")) && (
                    <>
                        <h2 class="sectionhead">{t("Charging", "充电")}</h2>
                        <ChargingPlacesPanel />
                        <ClassesPanel />
                        <NextPilesPanel />
                    </>
                )}
            </div>
        </>
    );
}

const STRIP = ["vehicle_output", "nev_output", "export_units", "export_value", "capacity_use", "piles"];

function Lead() {
    const { t, q, result, language } = usePage();
    const region = (language === "zh" && result.about("region_zh")) || result.about("region");
    const of = (name: string) => number(result.indicator(name), "simulated");
    const made = of("vehicle_output"),
        nevs = of("nev_output"),
        exported = of("export_units"),
        worth = of("export_value");
    const period = result.period;
    if (!Number.isFinite(made)) return <ReplayLead />;
    const lost = of("output_lost");
    return (
        <div class="lead">
            <p class="kicker">{t(`${period}, simulated vehicle by vehicle`, `${period}年，逐车模拟`)}</p>
            <h1>
                {t(
                    `${region} made ${q(made, "vehicle")} in ${period}, ${percent(nevs / made, 0)} of them new-energy`,
                    `${period}年${region}生产汽车${q(made, "vehicle")}，新能源占${percent(nevs / made, 0)}`,
                )}
            </h1>
            <p class="standfirst">
                {exported > 0 &&
                    t(
                        `${q(exported, "vehicle")} left for ${of("export_markets") || "markets"} markets abroad, worth ${q(worth, "yuan")}. `,
                        `出口${q(exported, "vehicle")}，货值${q(worth, "yuan")}，销往${of("export_markets")}个国家和地区。`,
                    )}
                {Number.isFinite(of("vehicle_capacity_chain")) &&
                    t(
                        `The real chain could have made ${q(of("vehicle_capacity_chain"), "vehicle")}. `,
                        `在真实产业链约束下产能为${q(of("vehicle_capacity_chain"), "vehicle")}。`,
                    )}
                {Number.isFinite(lost) &&
                    (lost >= 0.5
                        ? t(
                              `Shocks of supply cost ${q(Math.round(lost), "vehicle")} that were not made up for.`,
                              `供应冲击造成${q(Math.round(lost), "vehicle")}未能补回的损失。`,
                          )
                        : t(
                              "What shocks of supply cost was made up for within the year.",
                              "供应冲击造成的损失年内已补回。",
                          ))}
            </p>
            <dl class="strip">
                {STRIP.map((name) => (
                    <Figure key={name} name={name} />
                ))}
            </dl>
        </div>
    );
}

function Figure({ name }: { name: string }) {
    const { t, q, result, language } = usePage();
    const row = result.indicator(name);
    if (!row || row["simulated"] === null) return null;
    const words = result.row("indicator_names", name);
    const unit = text(row, "unit"),
        value = quantity(number(row, "simulated"), unit, language);
    const half = (number(row, "high") - number(row, "low")) / 2,
        reported = number(row, "reported");
    const role = text(row, "role");
    return (
        <div>
            <dt>{capital(text(words, language === "zh" ? "chinese" : "english") || name)}</dt>
            <dd>
                <div class={`big${role === "driven" ? " driven" : ""}`}>
                    {value.number}
                    <small>{value.unit}</small>
                </div>
                <div class="under">
                    {Number.isFinite(half) && (
                        <>
                            ± {q(half, unit)}
                            <br />
                        </>
                    )}
                    {Number.isFinite(reported)
                        ? t(
                              `reported ${q(reported, unit)}${role ? `, ${role}` : ""}`,
                              `公布 ${q(reported, unit)}${roleZh(role)}`,
                          )
                        : t("no reported figure", "无公布值")}
                </div>
            </dd>
        </div>
    );
}

export function roleZh(role: string): string {
    return role === "driven" ? "（驱动）" : role === "scored" ? "（评分）" : role === "derived" ? "（推得）" : "";
}

// A result without a chain: recorded sessions, or a study of its own.
function ReplayLead() {
    const { t, result, q, language } = usePage();
    const sessions = number(result.indicator("sessions"), "simulated");
    const region = (language === "zh" && result.about("region_zh")) || result.about("region");
    const titles: Record<string, string> = {
        stress: t(`What outages cost ${region}`, `停产让${region}付出什么`),
        piles: t(`Where the next piles of ${region} go`, `${region}下一批充电桩建在哪里`),
        compare: t(`What differs between two scenarios of ${region}`, `${region}两个情景的差异`),
    };
    const words = Number.isFinite(sessions)
        ? t(`${q(sessions, "session")} of charging`, `充电${q(sessions, "session")}`)
        : (titles[result.about("study")] ?? t("A result of Autopolis", "Autopolis 结果"));
    return (
        <div class="lead">
            <h1>{words}</h1>
        </div>
    );
}
