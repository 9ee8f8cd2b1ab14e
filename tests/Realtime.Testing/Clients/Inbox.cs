using System.Threading.Channels;

namespace Realtime.Testing.Clients;

/// <summary>
/// What a client has received and the test has not yet looked at, in order. To show that something did not arrive, let a
/// marker follow it and find the marker next.
/// </summary>
public sealed class Inbox
{
    private readonly Channel<Received> _events = Channel.CreateUnbounded<Received>();

    /// <summary>Adds an event that arrived.</summary>
    public void Add(Received received) => _events.Writer.TryWrite(received);

    /// <summary>Takes the next event, waiting for it.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<Received> NextAsync(TimeSpan? within = null)
    {
        var limit = within ?? Eventually.Patience;
        using var patience = new CancellationTokenSource(limit);
        try
        {
            return await _events.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No event came within {limit.TotalSeconds:0.#} s.");
        }
    }

    /// <summary>Takes the next events, waiting for them.</summary>
    /// <exception cref="TimeoutException">Fewer came.</exception>
    public async Task<IReadOnlyList<Received>> NextAsync(int count, TimeSpan? within = null)
    {
        var events = new List<Received>(count);
        while (events.Count < count)
            events.Add(await NextAsync(within));
        return events;
    }
}
