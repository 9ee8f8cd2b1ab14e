namespace Realtime.Bench.Load;

/// <summary>Asks several services for the same broadcast, each for its own members.</summary>
internal sealed class PublisherToAll(IReadOnlyList<IPublisher> services) : IPublisher
{
    public int Unanswered => services.Sum(service => service.Unanswered);

    public void Publish(string room, ReadOnlySpan<byte> payload)
    {
        foreach (var service in services)
            service.Publish(room, payload);
    }

    public void Dispose()
    {
        foreach (var service in services)
            service.Dispose();
    }
}
