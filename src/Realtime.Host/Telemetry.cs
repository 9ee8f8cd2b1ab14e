using OpenTelemetry;
using OpenTelemetry.Metrics;
using Realtime.Web.Auth;

namespace Realtime.Host;

/// <summary>What the service does, in numbers: at <c>/metrics</c> for Prometheus, and by OpenTelemetry's protocol where that is configured.</summary>
internal static class Telemetry
{
    private const string Path = "/metrics";

    /// <summary>OpenTelemetry's own variable: where its collector is.</summary>
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Those of ASP.NET Core and of the runtime as well as our own.
    private static readonly string[] Meters = ["Realtime.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters)
            // Each instrument sets room aside for so many combinations of its tags; the usual 2,000 are megabytes that nothing fills.
            .AddView(_ => new MetricStreamConfiguration { CardinalityLimit = 200 })
            .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration[Collector]))
            telemetry.UseOtlpExporter();
    }

    /// <summary>Serves the numbers to those with an API key, in Development to all.</summary>
    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint(Path).RequireAuthorization(Policies.Server);
}
