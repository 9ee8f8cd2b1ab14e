using System.ComponentModel.DataAnnotations;

namespace Realtime.Web.Models.Definitions.Rules;

/// <summary>
/// Says that null is no value of an attribute. Unlike <see cref="RequiredAttribute"/> it does not make the column NOT NULL: then a
/// definition can gain and lose attributes while the table keeps its records.
/// </summary>
/// <param name="isRequired">Whether the empty text is no value either.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NeededAttribute(bool isRequired) : ValidationAttribute
{
    /// <summary>Whether the empty text is no value either.</summary>
    public bool IsRequired { get; } = isRequired;

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not null && (!IsRequired || value is not ""))
            return ValidationResult.Success;
        var name = validationContext.MemberName!;
        return new ValidationResult(IsRequired ? $"The attribute \"{name}\" is required." : $"The attribute \"{name}\" cannot be null.", [name]);
    }
}
