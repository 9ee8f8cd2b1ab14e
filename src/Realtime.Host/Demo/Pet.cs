using System.ComponentModel.DataAnnotations;

namespace Realtime.Host.Demo;

/// <summary>An animal of the demo, which may belong to a person.</summary>
public sealed class Pet
{
    public int Id { get; set; }

    [Required, StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = string.Empty;

    [StringLength(50)]
    public string? Kind { get; set; }

    public int? OwnerId { get; set; }

    public User? Owner { get; set; }
}
