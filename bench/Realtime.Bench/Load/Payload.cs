using System.Globalization;
using System.Text;

namespace Realtime.Bench.Load;

/// <summary>
/// What is broadcast: a mark, a number, and filling up to the wished size. All of it is plain ASCII that no JSON encoder
/// escapes, so it is found in any protocol's frame by its mark, and every byte of it is compared.
/// </summary>
internal sealed class Payload
{
    /// <summary>Nothing that is delivered.</summary>
    internal const long None = -1;

    private const int Digits = 14;
    private static readonly byte[] Mark = "~~"u8.ToArray();
    private readonly byte[] _filling;

    internal Payload(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, Mark.Length + Digits);
        Size = size;
        _filling = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abcdefghijklmnopqrstuvwxyz", (size / 26) + 1)))[
            ..(size - Mark.Length - Digits)];
    }

    /// <summary>Bytes of one payload.</summary>
    internal int Size { get; }

    internal byte[] Make(long number) =>
    [
        .. Mark,
        .. Encoding.ASCII.GetBytes(number.ToString("D" + Digits, CultureInfo.InvariantCulture)),
        .. _filling,
    ];

    /// <summary>The number of the payload in this message; <see cref="None"/> if it carries none.</summary>
    /// <exception cref="LoadException">A payload that is cut short or changed.</exception>
    internal long Find(ReadOnlySpan<byte> message)
    {
        var start = message.IndexOf(Mark);
        if (start < 0)
            return None;
        var rest = message[(start + Mark.Length)..];
        var number = 0L;
        for (var i = 0; i < Digits && i < rest.Length; i++)
            number = (number * 10) + (rest[i] - '0');
        if (rest.Length < Digits + _filling.Length || !rest.Slice(Digits, _filling.Length).SequenceEqual(_filling))
            throw new LoadException($"A delivery was damaged: {Encoding.UTF8.GetString(message)}");
        return number;
    }
}
