using Microsoft.EntityFrameworkCore;
using Realtime.Web.Blueprints.Reading;
using Realtime.Web.Models.Json;
using Realtime.Web.Topics;

namespace Realtime.Web.Models.Changes;

/// <summary>
/// Reads new records together with what they are associated with, for those models whose <c>created</c> brings that along (contract
/// B-44, D-7). They are read in the transaction that made them, so they are what it commits.
/// </summary>
internal sealed class PopulatedRecords(ModelsOptions options, RecordJson json, ModelGates gates)
{
    // Datastores bound the parameters of a query.
    private const int KeysPerQuery = 500;

    /// <summary>The queries for the records of a save; none where all of its events are flat.</summary>
    public IEnumerable<PopulatedQuery> Of(DbContext context, ChangeSet changes) =>
        from @new in changes.Records
        where @new.State == EntityState.Added || @new.ChangesReaders
        where options.PopulatesCreated(@new.Model)
        group @new.Key.Read().Select(part => part!).ToArray() by @new.Model into keys
        from some in keys.Chunk(KeysPerQuery)
        select Of(context, keys.Key, some);

    /// <summary>A record as it is told, populated; null where it is told flat, or is not there.</summary>
    public async Task<byte[]?> FindAsync(DbContext context, ModelDescription model, object[] key, CancellationToken cancellation)
    {
        if (!options.PopulatesCreated(model))
            return null;
        var query = Of(context, model, [key]);
        return query.Read(await query.Rows.ToListAsync(cancellation)).Select(record => record.Json).SingleOrDefault();
    }

    private PopulatedQuery Of(DbContext context, ModelDescription model, object[][] keys)
    {
        var shape = EventShape.Of(model, target => gates.TryFind(target.Name, out var gate) && gate.IsPublic(target));
        var records = Records.WithKey(Records.Of(context, model.EntityType), model, keys);
        return new PopulatedQuery(Projection.Select(records, shape), shape, json);
    }
}

/// <summary>A query for records of one model, to be executed with or without waiting.</summary>
/// <param name="Rows">Their values.</param>
/// <param name="Shape">What the values are.</param>
/// <param name="Writing">Writes them.</param>
internal sealed record PopulatedQuery(IQueryable<object?[]> Rows, RecordShape Shape, RecordJson Writing)
{
    /// <summary>What came of it.</summary>
    public IEnumerable<(RecordId Id, byte[] Json)> Read(List<object?[]> rows) => rows.Select(values =>
    {
        var record = new Record(Shape, values);
        return (record.Id, Writing.Write(json => record.Write(json, Writing)));
    });

    /// <summary>Keeps what came of it for the events of the save.</summary>
    public void Keep(List<object?[]> rows, ChangeSet changes)
    {
        foreach (var (id, written) in Read(rows))
            changes.Populated[(Shape.Model.Name, id)] = written;
    }
}
