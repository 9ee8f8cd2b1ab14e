using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Writing;

/// <summary>A plural association of one record, to be changed. Nothing is saved here.</summary>
internal sealed class Collection(BlueprintRequest request, EntityEntry parent, AssociationDescription association)
{
    private readonly IClrCollectionAccessor _children = MayChange(request, association) ? association.Navigation.GetCollectionAccessor()
        ?? throw new NotSupportedException($"{association} has no collection in its class.")
        : throw new RealtimeException(ErrorCodes.Forbidden, $"This request may not change {association}: it would change whose records they are.");

    /// <summary>Reads the primary keys of children: a list, or a text that holds one (contract B-19); each a key or a record.</summary>
    /// <exception cref="RealtimeException"><see cref="BlueprintCodes.InvalidAssociatedIds"/></exception>
    public static List<object[]> KeysOf(BlueprintRequest request, AssociationDescription association, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
            throw Refuse($"The association \"{association.Name}\" takes a list of primary keys.");
        if (json.GetArrayLength() > request.Setup.Options.MaxRecordsPerRequest)
            throw Refuse($"{json.GetArrayLength()} children at once are too many: {request.Setup.Options.MaxRecordsPerRequest} is the limit.");
        try
        {
            // Keys are compared as values of their own type, so "7" and 7 are one child (B-47).
            var keys = new Dictionary<RecordId, object[]>();
            foreach (var item in json.EnumerateArray())
            {
                var key = association.Target.Key.Parse(item);
                keys[association.Target.Key.Format(key)] = key;
            }
            return [.. keys.Values];
        }
        catch (RealtimeException wrong) when (wrong.Code == CriteriaCodes.InvalidCriteria)
        {
            throw Refuse(wrong.Message, wrong);
        }
    }

    /// <summary>The children of some keys, as far as they exist for the requester.</summary>
    public async Task<List<object>> LoadAsync(IReadOnlyList<object[]> keys)
    {
        if (keys.Count == 0)
            return [];
        var (target, children) = (association.Target, Records.Of(request.Context, association.Target.EntityType));
        var found = Records.Where(Records.WithKey(children, target, keys), request.Readable(target));
        return await ((IQueryable<object>)found).ToListAsync(request.Cancellation);
    }

    /// <summary>Lets children in. Those that are in already stay (P-28).</summary>
    /// <returns>The ids of the children that came.</returns>
    public async Task<List<RecordId>> AddAsync(IReadOnlyList<object> children, IReadOnlyList<object[]> keys)
    {
        if (association.Navigation is ISkipNavigation)
            await LoadMembersAsync(keys);
        var added = new List<RecordId>();
        foreach (var child in children)
        {
            if (_children.Contains(parent.Entity, child))
                continue;
            _children.Add(parent.Entity, child, forMaterialization: false);
            added.Add(IdOf(child));
        }
        return added;
    }

    /// <summary>Lets children go. Those that are not in do not matter (P-28).</summary>
    public async Task RemoveAsync(IReadOnlyList<object[]> keys)
    {
        await LoadMembersAsync(keys);
        var ids = keys.Select(association.Target.Key.Format).ToHashSet();
        foreach (var child in Members().Where(child => ids.Contains(IdOf(child))))
            Remove(child);
    }

    /// <summary>Makes some children, and no others, the members.</summary>
    /// <returns>The ids of the children that came.</returns>
    public async Task<List<RecordId>> ReplaceAsync(IReadOnlyList<object[]> keys, bool isNew = false)
    {
        var children = await LoadAsync(keys);
        if (children.Count < keys.Count)
        {
            var known = children.Select(IdOf).ToHashSet();
            var missing = keys.Select(association.Target.Key.Format).Where(id => !known.Contains(id));
            throw Refuse($"There is no {association.Target.Name} {string.Join(", ", missing)} for the association \"{association.Name}\".");
        }
        if (!isNew)
            await parent.Collection(association.Navigation.Name).LoadAsync(request.Cancellation);
        var wanted = children.ToHashSet(ReferenceEqualityComparer.Instance);
        var gone = Members().Where(child => !wanted.Contains(child)).ToList();
        var added = children.Where(child => !_children.Contains(parent.Entity, child)).ToList();
        // A client may send what it has read: that changes nothing, and needs no leave.
        if (gone.Count + added.Count > 0)
            await request.DemandChangeAsync(association);
        gone.ForEach(Remove);
        added.ForEach(child => _children.Add(parent.Entity, child, forMaterialization: false));
        return added.ConvertAll(IdOf);
    }

    // What a child's own attribute may not be set to, the other end of the association may not set it to either.
    private static bool MayChange(BlueprintRequest request, AssociationDescription association) => association.Inverse is not { } inverse
        || request.Setup.PolicyOf(association.Target).Imposed(association.Target, request.Http)?.Name != inverse.Name;

    // Tracked together with the rows of the join table, if there is one; EF Core puts them into the parent's collection.
    private async Task LoadMembersAsync(IReadOnlyList<object[]> keys)
    {
        var members = parent.Collection(association.Navigation.Name).Query();
        await ((IQueryable<object>)Records.WithKey(members, association.Target, keys)).LoadAsync(request.Cancellation);
    }

    private List<object> Members() => parent.Collection(association.Navigation.Name).CurrentValue is { } members ? [.. members.Cast<object>()] : [];

    private void Remove(object child)
    {
        // EF Core would destroy a child that cannot be without a parent; nobody asked for that.
        if (association.Navigation is INavigation { ForeignKey.IsRequired: true })
            throw Refuse($"A {association.Target.Name} cannot be without its {association.Inverse?.Name ?? association.Model.Name.Value}: give it another one, or destroy it.");
        _children.Remove(parent.Entity, child);
    }

    private RecordId IdOf(object child) => association.Target.Key.Format(association.Target.Key.ValuesOf(request.Context.Entry(child).CurrentValues));

    private static RealtimeException Refuse(string reason, Exception? inner = null) => new(BlueprintCodes.InvalidAssociatedIds, reason, inner);
}
