using Realtime.Bench;
using Realtime.Bench.Commands;

var command = RunCommand.Create();
command.Add(CompareCommand.Create());
command.Add(JoinsCommand.Create());
command.Add(RawInsertsCommand.Create());
command.Add(GrowthCommand.Create());
command.Add(SelfCheckCommand.Create());
try
{
    return await command.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (LoadException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
