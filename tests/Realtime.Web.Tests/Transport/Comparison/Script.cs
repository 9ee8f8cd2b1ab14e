using System.Text;

namespace Realtime.Web.Tests.Transport.Comparison;

/// <summary>
/// What a scripted client does, made from a seed: calls of all sizes, cut into messages, fragments and segments at random, pings
/// and pongs in between; then, when all answers have come, the ending. The wait makes the outcome certain: a stock
/// connection that breaks may or may not still answer what came just before.
/// </summary>
public sealed class Script
{
    private const int MaxCalls = 6;
    private static readonly string[] Alphabet = ["a", "ä", "€", "😀", "\\", "\"", " ", "0"];

    private readonly Random _random;
    private readonly List<byte> _unsent = [];
    private readonly List<Step> _steps = [];
    private int _hubMessages;
    private int _pongs;

    private Script(int seed) => _random = new Random(seed);

    public static IReadOnlyList<Step> For(Ending ending, int seed)
    {
        var script = new Script(seed);
        if (ending == Ending.SlowReader)
        {
            script.ReadSlowly();
        }
        else
        {
            script._steps.Add(new Step.Read());
            script.Talk();
            script.End(ending);
        }

        return script._steps;
    }

    private void Talk()
    {
        for (var calls = _random.Next(1, MaxCalls); calls > 0; calls--)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Call())));
            AddMessage(bytes);
            if (_random.Next(3) == 0)
            {
                AddPing();
            }

            if (_random.Next(3) == 0)
            {
                Await();
            }
        }

        Await();
    }

    private string Call()
    {
        var length = _random.Next(5) switch { 0 => 0, 1 => _random.Next(5000), _ => _random.Next(100) };
        var text = string.Concat(Enumerable.Range(0, length).Select(_ => Alphabet[_random.Next(Alphabet.Length)]));
        _hubMessages++;
        return RawClient.Invocation($"{_hubMessages}", "Echo", text);
    }

    /// <summary>As one message or as several, each of one frame or of several, with control frames in between.</summary>
    private void AddMessage(byte[] bytes)
    {
        foreach (var message in CutAtCharacters(bytes))
        {
            var fragments = _random.Next(2) == 0 ? [message] : Cut(message);
            for (var i = 0; i < fragments.Count; i++)
            {
                Add(new RawFrame(i == 0 ? RawFrame.Text : RawFrame.Continuation, fragments[i]) { IsFinal = i == fragments.Count - 1 });
                switch (_random.Next(8))
                {
                    case 0:
                        AddPing();
                        break;
                    case 1:
                        Add(new RawFrame(RawFrame.Pong, RandomBytes(_random.Next(10))));
                        break;
                }
            }
        }
    }

    private void AddPing()
    {
        Add(new RawFrame(RawFrame.Ping, RandomBytes(_random.Next(126))));
        _pongs++;
    }

    private void Add(RawFrame frame)
    {
        byte[]? mask = frame.Mask is null ? null : _random.Next(4) == 0 ? [0, 0, 0, 0] : RandomBytes(4);
        _unsent.AddRange((frame with { Mask = mask }).ToBytes());
    }

    private void Await()
    {
        Flush();
        _steps.Add(new Step.Await(_hubMessages, _pongs));
    }

    private void Flush()
    {
        foreach (var segment in Cut([.. _unsent]))
        {
            _steps.Add(new Step.Send(segment));
        }

        _unsent.Clear();
    }

    private void ReadSlowly()
    {
        Add(RawFrame.OfText(RawClient.Invocation("many", "SendMany", 400, 20_000)));
        AddPing();
        Flush();
        _steps.Add(new Step.Read());
        (_hubMessages, _pongs) = (401, 1);
        Await();
        End(Ending.CloseWithCode);
    }

    private void End(Ending ending)
    {
        foreach (var bytes in LastWords.Of(ending, _random))
        {
            _unsent.AddRange(bytes);
        }

        // As one segment: a server that closes while more is on its way resets the connection, and its close frame can be lost.
        if (_unsent.Count > 0)
        {
            _steps.Add(new Step.Send([.. _unsent]));
        }

        if (ending is Ending.HalfClose or Ending.HalfCloseWithinAFrame or Ending.HalfCloseWithinAHeader)
        {
            _steps.Add(new Step.HalfClose());
        }
        else if (ending is Ending.Reset or Ending.ResetWithinAFrame)
        {
            _steps.Add(new Step.Reset());
        }
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private List<byte[]> Cut(byte[] bytes)
    {
        var parts = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - start, _random.Next(6) switch { 0 => 1, 1 => _random.Next(1, 8), 2 => 4096, _ => _random.Next(1, 3000) });
            parts.Add(bytes[start..(start + length)]);
            start += length;
        }

        return parts;
    }

    // A message of text must be whole characters; the fragments of a message need not be.
    private List<byte[]> CutAtCharacters(byte[] bytes)
    {
        var at = _random.Next(bytes.Length);
        while ((bytes[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return _random.Next(3) == 0 && at > 0 ? [bytes[..at], bytes[at..]] : [bytes];
    }
}
