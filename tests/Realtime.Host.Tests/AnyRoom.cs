namespace Realtime.Host.Tests;

/// <summary>Rooms for tests that share a Host or a journal.</summary>
internal static class AnyRoom
{
    /// <summary>A name that no other test knows.</summary>
    public static string Name() => $"room-{Guid.NewGuid():n}";
}
