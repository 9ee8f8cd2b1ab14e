using System.Net;
using System.Runtime.InteropServices;

namespace Realtime.Bench.Linux;

/// <summary>A TCP connection without a layer between it and the kernel.</summary>
internal sealed unsafe class RawSocket : IDisposable
{
    private const int AddressLength = 16;

    private RawSocket(int fd) => Fd = fd;

    internal int Fd { get; private set; }

    /// <summary>Connects; over loopback that waits for the kernel only, never for the server.</summary>
    internal static RawSocket Connect(IPEndPoint server)
    {
        var fd = Libc.Check(Libc.Socket(Libc.Internet, Libc.Stream | Libc.CloseOnExec, 0), "socket");
        var address = stackalloc byte[AddressLength];
        new Span<byte>(address, AddressLength).Clear();
        *(ushort*)address = Libc.Internet;
        address[2] = (byte)(server.Port >> 8);
        address[3] = (byte)server.Port;
        server.Address.TryWriteBytes(new Span<byte>(address + 4, 4), out _);
        Libc.Check(Libc.Connect(fd, address, AddressLength), "connect");
        var on = 1;
        Libc.Check(Libc.SetOption(fd, Libc.Tcp, Libc.NoDelay, &on, sizeof(int)), "setsockopt");
        return new RawSocket(fd);
    }

    /// <summary>Reads what is there: the number of bytes, 0 at the end of the stream, -1 if there is nothing yet.</summary>
    internal int Receive(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            var read = Libc.Receive(Fd, start, buffer.Length, Libc.DontWait);
            if (read >= 0)
                return (int)read;
        }

        return Marshal.GetLastPInvokeError() == Libc.Again ? -1 : 0;
    }

    /// <summary>Sends all of it, and waits when the kernel's buffer is full. False if the connection is gone.</summary>
    internal bool Send(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            nint sent;
            fixed (byte* start = data)
                sent = Libc.Send(Fd, start, data.Length, Libc.DontWait | Libc.NoSignal);
            if (sent >= 0)
            {
                data = data[(int)sent..];
                continue;
            }

            if (Marshal.GetLastPInvokeError() != Libc.Again)
                return false;
            var entry = new Libc.PollEntry { Fd = Fd, Events = Libc.PollOut };
            Libc.Check(Libc.Poll(&entry, 1, -1), "poll");
        }

        return true;
    }

    public void Dispose()
    {
        if (Fd < 0)
            return;
        Libc.Check(Libc.Close(Fd), "close");
        Fd = -1;
    }
}
