import { usePage } from "./context";
import { STEPS, stepFill, type Steps } from "./scale";

export function StepLegend({ steps, unit }: { steps: Steps; unit: string }) {
    const { t, q } = usePage();
    if (steps.most <= 0) return null;
    return (
        <div class="legend" aria-hidden="true">
            <span><i ref={(e) => { if (e) e.style.background = stepFill(0); }} />{t("none", "无")}</span>
            {Array.from({ length: STEPS - 1 }, (_, i) => i + 1).map((step) => (
                <span key={step}><i ref={(e) => { if (e) e.style.background = stepFill(step); }} />
                    {step === 1 ? t("above 0", "大于0") : t(`from ${q(rounded(steps.from(step)), unit)}`, `${q(rounded(steps.from(step)), unit)}起`)}</span>))}
        </div>
    );
}

function rounded(value: number): number {
    return Number(value.toPrecision(2));
}
