using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Realtime.Web.Tests.Transport;

public sealed class TransportMetricsSpec
{
    [Fact]
    public async Task Open_connections_are_counted_up_and_down()
    {
        await using var server = await HubServer.StartAsync();
        var meters = server.Services.GetRequiredService<IMeterFactory>();
        var (open, zero) = (0L, new TaskCompletionSource());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "realtime.transport.connections" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
        {
            if (Interlocked.Add(ref open, change) == 0)
            {
                zero.TrySetResult();
            }
        });
        listener.Start();

        using (var first = await RawClient.OpenHubAsync(server.Port, "/fast"))
        using (var second = await RawClient.OpenHubAsync(server.Port, "/streamed"))
        {
            Assert.Equal(2, Interlocked.Read(ref open));
        }

        await zero.Task.WaitAsync(Limits.Patience);
    }
}
