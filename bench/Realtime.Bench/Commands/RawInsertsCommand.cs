using System.CommandLine;
using System.Globalization;
using Realtime.Bench.Joins;

namespace Realtime.Bench.Commands;

/// <summary>The part of <c>bench/joins</c> that runs on the servers' CPU.</summary>
internal static class RawInsertsCommand
{
    internal static Command Create()
    {
        var journal = new Argument<string>("journal");
        var rooms = new Argument<string>("rooms");
        var command = new Command("raw-inserts", "Repeats the inserts of a journal.") { journal, rooms };
        command.Hidden = true;
        command.SetAction(async (parsed, stop) =>
        {
            var (rows, seconds) = await RawInserts.RepeatAsync(parsed.GetRequiredValue(journal), parsed.GetRequiredValue(rooms), stop);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} {seconds:0.000000}"));
        });
        return command;
    }
}
