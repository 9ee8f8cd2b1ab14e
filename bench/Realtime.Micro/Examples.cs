using System.Globalization;
using System.Text;

namespace Realtime.Micro;

/// <summary>What a broadcast of the big benchmark consists of, so that small and big figures speak of the same thing.</summary>
internal static class Examples
{
    internal static readonly NodeId Node = new(1);
    internal static readonly RoomName Room = RoomName.Parse("lobby");
    internal static readonly FeedId Feed = FeedId.Of(Room);
    internal static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A message with 64 bytes of data.</summary>
    internal static Envelope Message(long seq) => new(seq, EventName.Parse("tick"), Encoding.UTF8.GetBytes($"\"{new string('x', 62)}\""));

    /// <summary>Socket ids without chance, so that every run sorts the same ones.</summary>
    internal static SocketId Socket(int number) =>
        SocketId.Trusted($"{Node}.{number.ToString("D16", CultureInfo.InvariantCulture)}");
}
