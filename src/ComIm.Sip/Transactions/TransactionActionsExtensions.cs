namespace ComIm.Sip.Transactions;

/// <summary>Asks for flags without boxing them, as <see cref="Enum.HasFlag"/> does until the code is optimised.</summary>
internal static class TransactionActionsExtensions
{
    public static bool Has(this TransactionActions actions, TransactionActions asked) => (actions & asked) != 0;
}
