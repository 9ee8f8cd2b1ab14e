namespace Realtime.Bench.Load;

/// <summary>Whoever asks a target for broadcasts, and hears that they were taken.</summary>
internal interface IPublisher : IDisposable
{
    /// <summary>Broadcasts that were asked for and not acknowledged yet.</summary>
    int Unanswered { get; }

    /// <summary>Asks for one broadcast; a refusal ends the measurement.</summary>
    void Publish(string room, ReadOnlySpan<byte> payload);
}
