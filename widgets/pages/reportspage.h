// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/report/reportfacts.h"
#include "widgets/pages/page.h"
#include "widgets/report/pagepreview.h"
#include "widgets/report/reportwriter.h"
#include "widgets/report/sectionmodel.h"

#include <memory>

class QCheckBox;
class QLineEdit;
class QListView;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace telltale {

class SegmentedControl;

/// "How do I tell others?" Sections to choose and order, a preview of the pages, and the report as a file or on paper. Everything
/// is asked, composed and written on a worker.
class ReportsPage final : public Page
{
    Q_OBJECT

public:
    explicit ReportsPage(const PageContext &context, QWidget *parent = nullptr);

    /// What the controls say now; times as the window's range has them.
    ReportRequest request() const;
    /// Sets the controls; a template's range becomes the window's. Error: InvalidArgument for a bad time or filter.
    Result<void> apply(const ReportRequest &request);
    /// Writes what is previewed; the answer is shown below the button and told by written().
    void exportTo(const QString &path, ReportFormat format);
    void print();
    /// Adds what a panel of another view shows, with undo.
    void addPanel(const ExportTable &panel);
    /// With undo; 0 does nothing.
    void removePanel(int number);

    SectionModel *sections() { return &m_sections; }
    QListView *sectionList() const { return m_list; }
    PagePreview *preview() const { return m_preview; }
    QLineEdit *titleField() const { return m_title; }
    SegmentedControl *formats() const { return m_format; }
    QMenu *commandMenu() const { return m_menu; } ///< templates and printing
    QPushButton *exportButton() const { return m_export; }

    QString ownComparison() const override { return tr("previous", "what a report compares with: the period before"); }
    QString comparisonNote() const override { return tr("Reports compare with the period before, whatever is chosen here."); }

Q_SIGNALS:
    void written(const QString &path, const QString &problem);

protected:
    void refresh() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Made;
    QWidget *makeChoice();
    QWidget *makePreview();
    QMenu *makeMenu();
    void askLater();
    void showHint();
    void showFormat();
    void chooseFile();
    void saveTemplate();
    void loadTemplate();
    ReportFormat format() const;

    SectionModel m_sections;
    QLineEdit *m_title = nullptr;
    QListView *m_list = nullptr;
    QPlainTextEdit *m_notes = nullptr;
    SegmentedControl *m_format = nullptr;
    SegmentedControl *m_paper = nullptr;
    QCheckBox *m_identities = nullptr;
    PlainLabel *m_hint = nullptr;
    PlainLabel *m_done = nullptr;
    QPushButton *m_export = nullptr;
    QToolButton *m_open = nullptr;
    QMenu *m_menu = nullptr;
    PagePreview *m_preview = nullptr;
    PlainLabel *m_pageText = nullptr;
    QToolButton *m_back = nullptr;
    QToolButton *m_forward = nullptr;
    Panel *m_previewPanel = nullptr;
    QTimer m_delay;
    QElapsedTimer m_sinceAsked;
    std::shared_ptr<const Made> m_made;
    QString m_writtenPath;
    int m_lastPanel = 0; ///< their numbers go on
};

} // namespace telltale
