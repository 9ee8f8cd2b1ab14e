using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Realtime.Bench.Linux;

/// <summary>Something that wants to know when its socket has bytes.</summary>
internal interface IReadable
{
    /// <summary>Called on the loop's thread.</summary>
    void OnReadable();
}

/// <summary>One thread, one epoll: all sockets of the generator live here, so nothing in it needs a lock.</summary>
internal sealed unsafe class EventLoop : IDisposable
{
    private const int Capacity = 512;

    // The kernel packs this structure on x86-64 only.
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EntrySize = Packed ? 12 : 16;
    private static readonly int DataOffset = Packed ? 4 : 8;

    private readonly int _epoll = Libc.Check(Libc.EpollCreate(Libc.CloseOnExec), "epoll_create1");
    private readonly Dictionary<int, IReadable> _readables = [];
    private readonly byte[] _entries = GC.AllocateArray<byte>(Capacity * 16, pinned: true);

    /// <summary>Where every connection reads into: only the unfinished tail of a read is kept per connection.</summary>
    internal byte[] Buffer { get; } = GC.AllocateArray<byte>(1 << 18, pinned: true);

    /// <summary>When the present round of events began, in <see cref="Stopwatch"/> ticks.</summary>
    internal long Now { get; private set; } = Stopwatch.GetTimestamp();

    /// <summary>How often something was read.</summary>
    internal long Reads { get; private set; }

    internal void Add(int fd, IReadable readable)
    {
        _readables.Add(fd, readable);
        Control(Libc.EpollAdd, fd);
    }

    internal void Remove(int fd)
    {
        if (_readables.Remove(fd))
            Control(Libc.EpollDelete, fd);
    }

    /// <summary>
    /// Waits at most this long for something to read, and has it read. It never sleeps meanwhile: whoever writes to a reader that
    /// sleeps pays for waking it, and the clients of a real server are on other machines.
    /// </summary>
    internal void Poll(TimeSpan atMost)
    {
        var start = Stopwatch.GetTimestamp();
        int count;
        fixed (byte* entries = _entries)
        {
            do
                count = Libc.EpollWait(_epoll, entries, Capacity, timeout: 0);
            while (count == 0 && Stopwatch.GetElapsedTime(start) < atMost);
        }

        Now = Stopwatch.GetTimestamp();
        Reads += Math.Max(0, count);
        for (var i = 0; i < count; i++)
        {
            var fd = BitConverter.ToInt32(_entries, (i * EntrySize) + DataOffset);
            if (_readables.TryGetValue(fd, out var readable))
                readable.OnReadable();
        }
    }

    /// <summary>Runs until something is true; fails when it is not in time.</summary>
    /// <exception cref="LoadException">The time was over first.</exception>
    internal void RunUntil(Func<bool> done, TimeSpan atMost, Func<string> otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!done())
        {
            if (Stopwatch.GetElapsedTime(start) > atMost)
                throw new LoadException(otherwise());
            Poll(TimeSpan.FromMilliseconds(50));
        }
    }

    public void Dispose() => Libc.Check(Libc.Close(_epoll), "close");

    private void Control(int operation, int fd)
    {
        var entry = stackalloc byte[16];
        new Span<byte>(entry, 16).Clear();
        *(int*)entry = Libc.EpollIn;
        *(int*)(entry + DataOffset) = fd;
        Libc.Check(Libc.EpollControl(_epoll, operation, fd, entry), "epoll_ctl");
    }
}
