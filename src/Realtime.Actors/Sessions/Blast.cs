using System.Collections.Concurrent;

namespace Realtime.Actors.Sessions;

/// <summary>
/// Says something to every socket of one node (contract R-38). Answered by <see cref="Blasted"/>. With the same id on each attempt a
/// socket gets it once.
/// </summary>
public sealed record Blast(EventName Event, ReadOnlyMemory<byte> Data, SocketId? Omit, Guid MessageId) : IWireMessage;

/// <summary>It is on its way to that many sockets of a node.</summary>
public sealed record Blasted(int Sockets) : IWireMessage;

/// <summary>A blast on its way to the sessions of a node: encoded once for each protocol, by the first session that needs it.</summary>
internal sealed class BlastFrames(Blast blast)
{
    private readonly ConcurrentDictionary<FrameFormat, Frame> _frames = new();

    public Guid MessageId => blast.MessageId;

    public bool IsFor(SocketId socket) => blast.Omit != socket;

    public Frame For(FrameFormat format) => _frames.GetOrAdd(format, static (f, b) => f.EncodeDirect(b.Event, b.Data), blast);
}
