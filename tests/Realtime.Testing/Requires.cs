using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Realtime.Testing;

/// <summary>
/// What a test needs from its machine. Where it is missing, the test is skipped and says why; where CI=true it fails, so
/// that a check never turns green by running less. For tests marked <c>[SkippableFact]</c> or <c>[SkippableTheory]</c>.
/// </summary>
public static class Requires
{
    private static readonly bool IsCi = Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Goes on if <paramref name="present"/>; otherwise skips or fails the test.</summary>
    /// <param name="present">Whether the machine has it.</param>
    /// <param name="otherwise">What is missing and how to get it.</param>
    public static void That([DoesNotReturnIf(false)] bool present, string otherwise)
    {
        if (present)
            return;
        if (IsCi)
            throw new InvalidOperationException($"CI runs every test, but: {otherwise}");
        throw new SkipException(otherwise);
    }
}
