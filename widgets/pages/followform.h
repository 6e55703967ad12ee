// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pages/sourceforms.h"

class QLineEdit;
class QPlainTextEdit;

namespace telltale {

class SegmentedControl;

/// "follow " and the name of what is followed: its door.
extern const QString kFollowDoor;
/// nullptr: there is none.
const FollowSetting *followOf(const Settings &settings, const QString &door);

/// Fields of a file or folder that is followed as it grows.
class FollowForm final : public SourceForm
{
    Q_OBJECT

public:
    FollowForm(const Settings &settings, const QString &door);

    QString problem() const override;
    void apply(Settings &settings) const override;

private:
    void choosePath(bool isFolder);
    void showColumns();
    FollowSetting typed() const;
    /// The first line that is none, or nothing.
    QString badColumn() const;

    QString m_door;
    FollowSetting m_follow; ///< as it was
    QStringList m_taken;
    QLineEdit *m_name, *m_path, *m_product;
    SegmentedControl *m_format;
    QWidget *m_columnBox;
    QPlainTextEdit *m_columns;
};

SourceKind followKind();

} // namespace telltale
