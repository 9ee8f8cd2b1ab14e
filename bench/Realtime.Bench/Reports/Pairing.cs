using System.Globalization;
using System.Text;
using Realtime.Bench.Measuring;

namespace Realtime.Bench.Reports;

/// <summary>Two targets side by side: what each repetition of the second makes of the same repetition of the first.</summary>
internal static class Pairing
{
    internal static string Of(Report report)
    {
        var (before, after) = (report.Targets[0], report.Targets[1]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {before.Version} → {after.Version} | before | after | ratio, pair by pair |\n|---|---:|---:|---:|\n");
        foreach (var metric in Metric.All)
        {
            if (report.Of(before, metric) is not { } first || report.Of(after, metric) is not { } second || report.Ratio(after, before, metric) is not { } ratio)
                continue;
            var format = "N" + metric.Digits.ToString(CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {metric.Title}, {metric.Unit} | {first.Median.ToString(format, CultureInfo.InvariantCulture)} " +
                $"| {second.Median.ToString(format, CultureInfo.InvariantCulture)} " +
                $"| {ratio.Median:0.000} ({ratio.Least:0.000}–{ratio.Most:0.000}) |\n");
        }

        return text.ToString();
    }
}
