namespace Realtime.Bench.Joins;

/// <summary>Joins of one kind into one store, in one repetition.</summary>
/// <param name="Target">Whose joins: a title.</param>
/// <param name="Kind">Into what.</param>
/// <param name="Repetition">Which repetition, from 1.</param>
/// <param name="PerSecond">Joins per second, acknowledged.</param>
/// <param name="Cpu">CPU microseconds of the service for each; the database server's not among them.</param>
/// <param name="Rows">Journal rows that they became; null where nothing is written.</param>
/// <param name="RawPerSecond">Joins per second that the database alone would take with these rows; null where nothing is written.</param>
internal sealed record JoinSample(
    string Target, string Kind, int Repetition, double PerSecond, double Cpu, int? Rows = null, double? RawPerSecond = null);
