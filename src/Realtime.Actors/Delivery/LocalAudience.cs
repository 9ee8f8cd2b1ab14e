using System.Diagnostics.CodeAnalysis;

namespace Realtime.Actors.Delivery;

/// <summary>
/// The local members who hear the same messages, as an array to walk. Leaving is a mark on the member, so that somebody
/// who was in a thousand audiences is gone from all at once; the array is tidied when half of it is marks.
/// </summary>
internal sealed class LocalAudience
{
    private LocalMember[] _members = [];
    private int _count;
    private int _gone;
    private bool _shared;

    /// <summary>How many there are, with those that are marked as gone.</summary>
    public int Count => _count;

    public ReadOnlySpan<LocalMember> Members => _members.AsSpan(0, _count);

    public void Add(LocalMember member)
    {
        Own();
        if (_count == _members.Length)
            Array.Resize(ref _members, Math.Max(4, _count * 2));
        _members[_count++] = member;
    }

    public void Remove(LocalMember member)
    {
        var at = Array.IndexOf(_members, member, 0, _count);
        if (at < 0)
            return;
        Own();
        _members[at] = _members[--_count];
        _members[_count] = null!;
    }

    /// <summary>Somebody in here was marked as gone. Tidies when that is worth a walk.</summary>
    public void NoteGone()
    {
        if (++_gone * 2 >= _count)
            Tidy();
    }

    /// <summary>The same members as another audience. The array is shared until one of the two changes.</summary>
    [SuppressMessage("Performance", "CA1859", Justification = "A copy is a new audience.")]
    public LocalAudience Copy()
    {
        _shared = true;
        return new LocalAudience { _members = _members, _count = _count, _gone = _gone, _shared = true };
    }

    /// <summary>Drops those who are gone; returns whether anybody is left.</summary>
    public bool Tidy()
    {
        Own();
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (!_members[i].Gone)
                _members[kept++] = _members[i];
        }
        Array.Clear(_members, kept, _count - kept);
        (_count, _gone) = (kept, 0);
        return kept > 0;
    }

    private void Own()
    {
        if (!_shared)
            return;
        _members = [.. _members.AsSpan(0, _count)];
        _shared = false;
    }
}
