using System.Buffers;
using System.Text;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Tests.Transport.Frames;

/// <summary>Reading frames out of bytes that arrive in pieces. What ends a connection is compared with the stock transport elsewhere.</summary>
public class FrameReaderSpec
{
    [Fact]
    public void Payload_is_the_same_however_the_bytes_are_cut()
    {
        var expected = Encoding.UTF8.GetBytes("aä€😀" + new string('x', 9000) + "ß");
        byte[] bytes =
        [
            .. new RawFrame(RawFrame.Text, expected[..2]) { IsFinal = false }.ToBytes(),
            .. new RawFrame(RawFrame.Ping, [1, 2, 3]).ToBytes(),
            .. new RawFrame(RawFrame.Continuation, expected[2..5000]) { IsFinal = false }.ToBytes(),
            .. new RawFrame(RawFrame.Continuation, []) { IsFinal = false }.ToBytes(),
            .. new RawFrame(RawFrame.Pong, []).ToBytes(),
            .. new RawFrame(RawFrame.Continuation, expected[5000..]).ToBytes(),
            .. new RawFrame(RawFrame.Close, []).ToBytes(),
        ];
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var payload = new ArrayBufferWriter<byte>();
            Assert.Equal([FrameReading.Ping, FrameReading.Pong, FrameReading.Close], Read(bytes, payload, () => random.Next(1, 1 + (round * 20))));
            Assert.Equal(expected, payload.WrittenSpan.ToArray());
        }
    }

    [Fact]
    public void A_small_frame_is_passed_on_when_it_is_whole_and_a_large_one_as_it_comes()
    {
        var reader = new FrameReader();
        var payload = new ArrayBufferWriter<byte>();
        var small = new RawFrame(RawFrame.Binary, new byte[1000]).ToBytes();
        var large = new RawFrame(RawFrame.Binary, new byte[100_000]).ToBytes();

        var left = new ReadOnlySequence<byte>(small.AsMemory(..^1));
        Assert.Equal(FrameReading.Incomplete, Step(ref reader, ref left, payload));
        left = new ReadOnlySequence<byte>([.. left.ToArray(), small[^1]]);
        Assert.Equal(FrameReading.Data, Step(ref reader, ref left, payload));
        Assert.Equal(1000, payload.WrittenCount);

        left = new ReadOnlySequence<byte>(large.AsMemory(..50_000));
        Assert.Equal(FrameReading.Data, Step(ref reader, ref left, payload));
        Assert.Equal(0, left.Length);
        Assert.Equal(1000 + 50_000 - FrameHeader.MaxSize, payload.WrittenCount);
    }

    private static List<FrameReading> Read(byte[] bytes, ArrayBufferWriter<byte> payload, Func<int> nextLength)
    {
        var reader = new FrameReader();
        var controls = new List<FrameReading>();
        var (arrived, consumed) = (0, 0L);
        while (controls.LastOrDefault() != FrameReading.Close)
        {
            arrived = Math.Min(bytes.Length, arrived + nextLength());
            var input = InSegments(bytes.AsMemory((int)consumed..arrived));
            var length = input.Length;
            FrameReading reading;
            while ((reading = Step(ref reader, ref input, payload)) != FrameReading.Incomplete)
            {
                Assert.True(reading is FrameReading.Data or FrameReading.Ping or FrameReading.Pong or FrameReading.Close);
                if (reading != FrameReading.Data)
                {
                    controls.Add(reading);
                }
            }

            consumed += length - input.Length;
        }

        return controls;
    }

    private static FrameReading Step(ref FrameReader reader, ref ReadOnlySequence<byte> input, ArrayBufferWriter<byte> payload)
    {
        Span<byte> control = stackalloc byte[FrameReader.MaxControlLength];
        var reading = reader.Read(ref input, payload, ref control);
        if (reading == FrameReading.Ping)
        {
            Assert.Equal([1, 2, 3], control.ToArray());
        }

        return reading;
    }

    private static ReadOnlySequence<byte> InSegments(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return new(bytes);
        }

        var first = new Segment(bytes[..(bytes.Length / 2)], null);
        var second = new Segment(bytes[(bytes.Length / 2)..], first);
        return new(first, 0, second, second.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is not null)
            {
                RunningIndex = previous.RunningIndex + previous.Memory.Length;
                previous.Next = this;
            }
        }
    }
}
